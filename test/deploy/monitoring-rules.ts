import { z } from 'zod'

export const logMetric = z.object({
  name: z.string().regex(/^[a-z_]+$/),
  description: z.string().endsWith(' Digest 1.'),
  filter: z.string(),
  valueExtractor: z.string().optional(),
  labelExtractors: z.record(z.string(), z.string()).default({}),
  metricDescriptor: z.object({
    valueType: z.enum(['INT64', 'DISTRIBUTION']),
    labels: z.array(z.object({ key: z.string(), description: z.string() })).default([]),
  }),
})

const aggregation = z.object({
  alignmentPeriod: z.string(),
  perSeriesAligner: z.string(),
  crossSeriesReducer: z.string().optional(),
  groupByFields: z.array(z.string()).default([]),
})
type Aggregation = z.infer<typeof aggregation>

const threshold = z.object({
  filter: z.string(),
  aggregations: z.array(aggregation),
  denominatorFilter: z.string().optional(),
  denominatorAggregations: z.array(aggregation).default([]),
  duration: z.string(),
  thresholdValue: z.number(),
})
const absence = z.object({ filter: z.string(), aggregations: z.array(aggregation), duration: z.string() })

export const alertPolicy = z.object({
  displayName: z.string().startsWith('Reelway: '),
  documentation: z.object({ content: z.string() }),
  userLabels: z.object({ digest: z.literal('1') }),
  conditions: z.array(z.union([z.object({ conditionThreshold: threshold }), z.object({ conditionAbsent: absence })])),
})

export const dashboard = z.object({
  labels: z.object({ digest: z.literal('1') }),
  mosaicLayout: z.object({
    tiles: z.array(
      z.object({
        widget: z.object({
          title: z.string(),
          xyChart: z.object({
            dataSets: z.array(
              z.object({
                timeSeriesQuery: z.union([
                  z.object({ timeSeriesFilter: z.object({ filter: z.string(), aggregation }) }),
                  z.object({ prometheusQuery: z.string() }),
                ]),
              }),
            ),
          }),
        }),
      }),
    ),
  }),
})

export type LogMetric = z.infer<typeof logMetric>
export type AlertPolicy = z.infer<typeof alertPolicy>
export type Dashboard = z.infer<typeof dashboard>

type MetricType = { resource: string; labels: string[]; distribution: boolean }

/** Google's own metrics that are watched (https://cloud.google.com/monitoring/api/metrics_gcp), with the labels that we use. */
const GOOGLE_METRICS = new Map<string, MetricType>([
  ['run.googleapis.com/request_count', run(['response_code_class'])],
  ['run.googleapis.com/request_latencies', run([], true)],
  ['run.googleapis.com/container/instance_count', run(['state'])],
  ['run.googleapis.com/container/memory/utilizations', run([], true)],
  ['pubsub.googleapis.com/subscription/dead_letter_message_count', of('pubsub_subscription')],
  ['pubsub.googleapis.com/subscription/oldest_unacked_message_age', of('pubsub_subscription')],
  ['pubsub.googleapis.com/subscription/num_undelivered_messages', of('pubsub_subscription')],
  ['cloudsql.googleapis.com/database/postgresql/num_backends', of('cloudsql_database')],
  ['cloudsql.googleapis.com/database/disk/utilization', of('cloudsql_database')],
  ['cloudsql.googleapis.com/database/cpu/utilization', of('cloudsql_database')],
  ['monitoring.googleapis.com/uptime_check/check_passed', { ...of('uptime_url'), labels: ['check_id'] }],
])

/** The labels that we use of Google's monitored resources (https://cloud.google.com/monitoring/api/resources). */
const RESOURCES = new Map([
  ['cloud_run_revision', ['service_name']],
  ['pubsub_subscription', ['subscription_id']],
  ['cloudsql_database', ['database_id']],
  ['uptime_url', ['host', 'project_id']],
])

function run(labels: string[], distribution = false): MetricType {
  return { resource: 'cloud_run_revision', labels, distribution }
}

function of(resource: string): MetricType {
  return { resource, labels: [], distribution: false }
}

/** What is wrong with one log-based metric by itself. */
export const metricFaults = (metric: LogMetric): string[] => {
  const { name, metricDescriptor, labelExtractors, valueExtractor } = metric
  const labels = metricDescriptor.labels.map(({ key }) => key).sort()
  const isDistribution = metricDescriptor.valueType === 'DISTRIBUTION'
  return [
    ...(String(labels) === String(Object.keys(labelExtractors).sort())
      ? []
      : [`${name}: its labels are ${labels}, but others are extracted`]),
    ...(isDistribution === (valueExtractor !== undefined) ? [] : [`${name}: only a distribution has a value`]),
  ]
}

/** What is wrong with an alert policy: with its times, and with what it watches. */
export const policyFaults = (policy: AlertPolicy, metrics: LogMetric[]): string[] =>
  policy.conditions.flatMap((condition) => {
    const at = policy.displayName
    if ('conditionAbsent' in condition) {
      const { filter, aggregations, duration } = condition.conditionAbsent
      const seconds = secondsOf(duration)
      return [
        // https://cloud.google.com/monitoring/alerts/metric-absence
        ...(seconds >= 180 && seconds <= 84_600 && seconds % 60 === 0 ? [] : [`${at}: an absence of ${duration}`]),
        ...queryFaults(at, filter, aggregations, metrics),
      ]
    }
    const { filter, aggregations, denominatorFilter, denominatorAggregations, duration } = condition.conditionThreshold
    return [
      ...(secondsOf(duration) % 60 === 0 ? [] : [`${at}: ${duration} is not in minutes`]),
      ...queryFaults(at, filter, aggregations, metrics),
      ...(denominatorFilter === undefined ? [] : queryFaults(at, denominatorFilter, denominatorAggregations, metrics)),
    ]
  })

/** What is wrong with what a dashboard shows. */
export const dashboardFaults = ({ mosaicLayout }: Dashboard, metrics: LogMetric[]): string[] =>
  mosaicLayout.tiles.flatMap(({ widget: { title, xyChart } }) =>
    xyChart.dataSets.flatMap(({ timeSeriesQuery: query }) =>
      'prometheusQuery' in query
        ? prometheusFaults(title, query.prometheusQuery, metrics)
        : queryFaults(title, query.timeSeriesFilter.filter, [query.timeSeriesFilter.aggregation], metrics),
    ),
  )

/** Of a query in PromQL: the one log-based metric that it is about, and the label that it sums by. */
const prometheusFaults = (at: string, query: string, metrics: LogMetric[]): string[] => {
  const [, label, name] = /^sum by \((\w+)\) .*logging_googleapis_com:user_(\w+)_count\{/.exec(query) ?? []
  const [known] = metrics.filter((metric) => metric.name === name)
  if (known === undefined) return [`${at}: there is no metric ${name}`]
  if (known.metricDescriptor.valueType !== 'DISTRIBUTION') return [`${at}: ${name} has no _count`]
  return known.metricDescriptor.labels.some(({ key }) => key === label) ? [] : [`${at}: ${name} has no label ${label}`]
}

const queryFaults = (at: string, filter: string, aggregations: Aggregation[], metrics: LogMetric[]): string[] => {
  const type = onlyValue(filter, 'metric.type')
  const resource = onlyValue(filter, 'resource.type')
  const known = type === undefined ? undefined : findMetric(type, metrics)
  if (type === undefined || resource === undefined)
    return [`${at}: a filter names one resource.type and one metric.type`]
  if (known === undefined) return [`${at}: there is no metric ${type}`]
  if (known.resource !== resource) return [`${at}: ${type} is of ${known.resource}, not of ${resource}`]
  const fields = [...filter.matchAll(/(?<!")\b(?:metric|resource)\.label\.\w+/g)].map(String)
  return [
    ...[...fields, ...aggregations.flatMap(({ groupByFields }) => groupByFields)]
      .filter((field) => !labelsOf(known).includes(field))
      .map((field) => `${at}: ${type} has no ${field}`),
    ...aggregations.flatMap((it) => aggregationFaults(at, type, known, it)),
  ]
}

const aggregationFaults = (at: string, type: string, known: MetricType, it: Aggregation): string[] => {
  const isPercentile = /PERCENTILE/.test(`${it.perSeriesAligner} ${it.crossSeriesReducer}`)
  const seconds = secondsOf(it.alignmentPeriod)
  return [
    ...(seconds >= 60 && seconds % 60 === 0 ? [] : [`${at}: aligned over ${it.alignmentPeriod}`]),
    ...(isPercentile && !known.distribution ? [`${at}: ${type} is no distribution`] : []),
    ...(it.groupByFields.length > 0 && it.crossSeriesReducer === undefined ? [`${at}: groups without a reducer`] : []),
  ]
}

const findMetric = (type: string, metrics: LogMetric[]): MetricType | undefined => {
  const own = metrics.find(({ name }) => type === `logging.googleapis.com/user/${name}`)
  if (own === undefined) return GOOGLE_METRICS.get(type)
  const { labels, valueType } = own.metricDescriptor
  return run(
    labels.map(({ key }) => key),
    valueType === 'DISTRIBUTION',
  )
}

const labelsOf = ({ resource, labels }: MetricType): string[] => [
  ...labels.map((label) => `metric.label.${label}`),
  ...(RESOURCES.get(resource) ?? []).map((label) => `resource.label.${label}`),
]

const onlyValue = (filter: string, field: string): string | undefined => {
  const [first, ...others] = filter.matchAll(new RegExp(`${field.replace('.', '\\.')} ?= ?"([^"]+)"`, 'g'))
  return others.length === 0 ? first?.[1] : undefined
}

const secondsOf = (duration: string): number => Number(/^(\d+)s$/.exec(duration)?.[1] ?? Number.NaN)
