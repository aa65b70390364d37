import { type Api, type Call, collection } from './api.ts'
import { type JsonObject, objectsAt, textAt } from './json.ts'
import { invalid, notFound, Refusal } from './refusal.ts'
import { find, type World } from './world.ts'

/** The service gives most of its resources numbers for names, and does not mind two that are called alike. */
const newId = ({ world }: Call): string => `1000000000000000${world.nextNumber()}`

const acceptPolicy = ({ world }: Call, policy: JsonObject): JsonObject => {
  if (textAt(policy, 'displayName') === '') throw invalid('displayName is missing')
  const conditions = objectsAt(policy, 'conditions')
  if (conditions.length === 0 || textAt(policy, 'combiner') === '') throw invalid('conditions or combiner are missing')
  for (const condition of conditions) {
    for (const kind of ['conditionThreshold', 'conditionAbsent']) checkFilter(world, textAt(condition, kind, 'filter'))
  }
  const channels = policy.notificationChannels
  for (const name of Array.isArray(channels) ? channels : []) {
    if (find(world, `//monitoring.googleapis.com/${name}`) === undefined) throw notFound(`Could not find ${name}`)
  }
  return policy
}

/** A metric of the project's own must exist before a policy watches it. */
const checkFilter = (world: World, filter: string): void => {
  for (const [, metric] of filter.matchAll(/logging\.googleapis\.com\/user\/([\w/-]+)/g)) {
    const unheardOf = world.failing.metrics.delete(metric ?? '')
    if (
      unheardOf ||
      find(world, `//logging.googleapis.com/projects/${world.project}/metrics/${metric}`) === undefined
    ) {
      // Word for word as the real one in 2026.
      throw notFound(
        `Cannot find metric(s) that match type = "logging.googleapis.com/user/${metric}". If a metric was created recently, it could take up to 10 minutes to become available. Please try again soon.`,
      )
    }
  }
}

const checkId = (call: Call): string => {
  const { body, world } = call
  if (textAt(body, 'displayName') === '') throw invalid('displayName is missing')
  return `${textAt(body, 'displayName').toLowerCase().replace(/\W+/g, '-')}-${world.nextNumber()}`
}

/** Whoever brings an etag must bring the current one. */
const acceptDashboard = ({ world, key, body, method }: Call, dashboard: JsonObject): JsonObject => {
  const old = find(world, key)
  if (method === 'PATCH' && body.etag !== undefined && body.etag !== old?.etag) {
    throw new Refusal(409, 'The etag does not match: somebody else has changed the dashboard.')
  }
  return { ...dashboard, etag: `etag${world.nextNumber()}` }
}

const dashboardId = (call: Call): string => textAt(call.body, 'name').split('/').at(-1) || newId(call)

export const monitoring: Api = {
  service: 'monitoring.googleapis.com',
  routes: {
    ...collection({
      path: '/v3/projects/{project}/alertPolicies',
      items: 'alertPolicies',
      id: newId,
      accept: acceptPolicy,
    }),
    ...collection({ path: '/v3/projects/{project}/notificationChannels', items: 'notificationChannels', id: newId }),
    ...collection({ path: '/v3/projects/{project}/uptimeCheckConfigs', items: 'uptimeCheckConfigs', id: checkId }),
    ...collection({
      path: '/v1/projects/{project}/dashboards',
      items: 'dashboards',
      id: dashboardId,
      accept: acceptDashboard,
    }),
    'GET /v3/projects/{project}/timeSeries': ({ world }) => ({ timeSeries: world.timeSeries }),
  },
}
