import { type Api, collection } from './api.ts'
import { type JsonObject, textAt } from './json.ts'
import { invalid } from './refusal.ts'
import { create, get, put } from './world.ts'

const metrics = '/v2/projects/{project}/metrics'

const checkMetric = (metric: JsonObject): JsonObject => {
  if (textAt(metric, 'filter') === '') throw invalid('The filter of a metric is missing')
  return metric
}

/** Log-based metrics; log entries are those that a test has planted. */
export const logging: Api = {
  service: 'logging.googleapis.com',
  routes: {
    ...collection({ path: metrics, items: 'metrics' }),
    [`POST ${metrics}`]: ({ world, key, body }) => create(world, `${key}/${textAt(body, 'name')}`, checkMetric(body)),
    [`PUT ${metrics}/{metric}`]: ({ world, key, body }) => {
      get(world, key)
      return put(world, key, checkMetric(body))
    },
    'POST /v2/entries:list': ({ world }) => ({ entries: world.logEntries }),
  },
}
