import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { describe, test } from 'node:test'
import protobuf from 'protobufjs'
import { parse } from 'yaml'
import { messageFaults } from '../support/message-faults.ts'
import { alertPolicy, dashboard, dashboardFaults, logMetric, metricFaults, policyFaults } from './monitoring-rules.ts'
import { filesIn, renderFile } from './render-file.ts'

const require = createRequire(import.meta.url)
const messageIn = (protos: protobuf.INamespace, name: string) => protobuf.Root.fromJSON(protos).lookupType(name)
const LogMetric = messageIn(
  require('@google-cloud/logging-api/build/protos/protos.json'),
  'google.logging.v2.LogMetric',
)
const AlertPolicy = messageIn(
  require('@google-cloud/monitoring/build/protos/protos.json'),
  'google.monitoring.v3.AlertPolicy',
)
const Dashboard = messageIn(
  require('@google-cloud/monitoring-dashboards/build/protos/protos.json'),
  'google.monitoring.dashboard.v1.Dashboard',
)

/** The files by their paths below infra/gcp, as set-up sends them. */
type Files = Map<string, string>

const paths = [
  ...(await filesIn('monitoring/metrics')),
  ...(await filesIn('monitoring/alerts')),
  'monitoring/dashboard.json',
]
const files: Files = new Map(
  await Promise.all(paths.map(async (path): Promise<[string, string]> => [path, await renderFile(path)])),
)
const readme = await readFile('infra/README.md', 'utf8')
const alertSections = /\n## When an alert fires\n(.*?)(?=\n## )/s.exec(readme)?.[1] ?? ''
const headings = [...alertSections.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading)

const faultsIn = (given: Files): string[] => {
  const below = (folder: string) =>
    [...given].flatMap(([path, text]): [string, unknown][] =>
      path.startsWith(`monitoring/${folder}`) ? [[path, parse(text)]] : [],
    )
  const metrics = below('metrics/').map(([, it]) => logMetric.parse(it))
  const alerts = below('alerts/').map(([path, it]) => ({ path, policy: alertPolicy.parse(it) }))
  const names = alerts.map(({ policy }) => policy.displayName.replace('Reelway: ', ''))
  return [
    ...below('metrics/').flatMap(([, it]) => messageFaults(LogMetric, it)),
    ...metrics.flatMap(metricFaults),
    ...below('alerts/').flatMap(([, it]) => messageFaults(AlertPolicy, it)),
    ...alerts.flatMap(({ path, policy }) => [
      ...policyFaults(policy, metrics),
      ...headingFaults(path, policy.displayName, policy.documentation.content),
    ]),
    ...headings.filter((it) => !names.includes(it ?? '')).map((it) => `infra/README.md: there is no alert "${it}"`),
    ...below('dashboard').flatMap(([, it]) => {
      const faults = messageFaults(Dashboard, it)
      return faults.length > 0 ? faults : dashboardFaults(dashboard.parse(it), metrics)
    }),
  ]
}

const headingFaults = (path: string, displayName: string, documentation: string): string[] => {
  const name = displayName.replace('Reelway: ', '')
  return [
    ...(headings.includes(name) ? [] : [`infra/README.md has no section "${name}" about alerts`]),
    ...(documentation.endsWith(`infra/README.md, section "${name}".`)
      ? []
      : [`${name}: does not say where to read on`]),
    ...(basename(path, '.yaml') === name.toLowerCase().replaceAll(' ', '-') ? [] : [`${path} is about "${name}"`]),
  ]
}

test('metrics, alerts and dashboard are what the APIs define, and fit each other and infra/README.md', () => {
  assert.deepEqual(faultsIn(files), [])
})

test('the alert about connections comes at 80 % of what set-up gives the database', async () => {
  const most = /max_connections=(\d+)/.exec(await readFile('infra/gcp/setup/database.sh', 'utf8'))?.[1]
  const { conditions } = alertPolicy.parse(parse(files.get('monitoring/alerts/database-near-its-limits.yaml') ?? ''))
  const [connections] = conditions
  assert.ok(connections !== undefined && 'conditionThreshold' in connections)
  assert.equal(connections.conditionThreshold.thresholdValue, Number(most) * 0.8)
})

test('every subscription that is watched is one of infra/gcp/pubsub', async () => {
  const known = (await filesIn('pubsub')).map((path) => basename(path, '.yaml'))
  const watched = [...files.values()].flatMap((text) =>
    [...text.matchAll(/subscription_id\s*=\s*(one_of\([^)]*\)|\\?"[\w-]+)/g)].flatMap(([, given = '']) =>
      [...given.matchAll(/"([\w-]+)/g)].map(([, name]) => name),
    ),
  )
  assert.ok(watched.length >= 3)
  assert.deepEqual(
    watched.filter((name) => !known.includes(name ?? '')),
    [],
  )
})

describe('it is found that', () => {
  const plant = (name: string, file: string, from: string | RegExp, to: string, found: RegExp) =>
    test(name, () => {
      const path = `monitoring/${file}`
      const text = files.get(path) ?? ''
      const planted = text.replace(from, to)
      assert.notEqual(planted, text, 'the fault was planted')
      const faults = faultsIn(new Map([...files, [path, planted]]))
      assert.ok(
        faults.some((fault) => found.test(fault)),
        `found: ${JSON.stringify(faults)}`,
      )
    })

  plant(
    'a metric has an unknown key',
    'metrics/reaped.yaml',
    'metricKind:',
    'metricKnd:',
    /metricKnd: .* no such field/,
  )
  plant('a metric is of no kind', 'metrics/reaped.yaml', 'DELTA', 'DELTAS', /"DELTAS" is none of/)
  plant('a label is not extracted', 'metrics/failed-tasks.yaml', /\n {2}blame: EXTRACT.*/, '', /others are extracted/)
  plant(
    'a distribution has no value',
    'metrics/encode-speed.yaml',
    /valueExtractor.*\n/,
    '',
    /distribution has a value/,
  )
  plant(
    'an alert compares in an unknown way',
    'alerts/slow-encoding.yaml',
    '_GT',
    '_OVER',
    /"COMPARISON_OVER" is none of/,
  )
  plant('a duration is in words', 'alerts/messages-wait.yaml', '300s', '5 minutes', /"5 minutes" is no duration/)
  plant('an absence is too short', 'alerts/reaper-silent.yaml', 'duration: 600s', 'duration: 120s', /absence of 120s/)
  plant('data are aligned over seconds', 'alerts/slow-encoding.yaml', '1800s', '45s', /aligned over 45s/)
  plant(
    'an alert watches a metric that is not defined',
    'alerts/reaper-silent.yaml',
    '_reaped',
    '_rept',
    /no metric .*_rept/,
  )
  plant(
    'an alert watches a label that there is not',
    'alerts/failed-tasks.yaml',
    'label.blame',
    'label.fault',
    /label\.fault/,
  )
  plant(
    'an alert groups by a label that there is not',
    'alerts/failed-tasks.yaml',
    '[metric.label.code]',
    '[metric.label.kode]',
    /label\.kode/,
  )
  plant('a metric of Google is misspelt', 'alerts/messages-wait.yaml', 'unacked', 'unacknowledged', /no metric pubsub/)
  plant(
    'a metric is looked for at another resource',
    'alerts/slow-encoding.yaml',
    'cloud_run_revision',
    'uptime_url',
    /not of uptime_url/,
  )
  plant(
    'a percentile is taken of a counter',
    'alerts/reaper-silent.yaml',
    'REDUCE_SUM',
    'REDUCE_PERCENTILE_50',
    /no distribution/,
  )
  plant(
    'an alert is described nowhere',
    'alerts/dead-letters.yaml',
    /Dead letters"/,
    'Letters"',
    /no section "Letters"/,
  )
  plant(
    'an alert has a section that nobody finds',
    'alerts/dead-letters.yaml',
    'section "Dead letters"',
    'the manual',
    /where to read/,
  )
  plant('the dashboard has an unknown key', 'dashboard.json', '"xyChart"', '"xyChrt"', /xyChrt: .* no such field/)
  plant(
    'the dashboard shows a metric that is not defined',
    'dashboard.json',
    'user/reelway_reaped',
    'user/reelway_x',
    /no metric .*reelway_x/,
  )
})
