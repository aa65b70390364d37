import type { Json, JsonObject } from './json.ts'
import { alreadyExists, notFound } from './refusal.ts'

/** Everything that one stand-in holds. Keys are full resource names: //SERVICE/NAME. */
export type World = {
  project: string
  projectNumber: string
  region: string
  resources: Map<string, JsonObject>
  /** IAM policies, by the resource's key */
  policies: Map<string, JsonObject>
  /** bytes of objects and payloads of secret versions: left out of comparisons, since keys are random */
  contents: Map<string, Buffer>
  /** what `gcloud logging read` finds */
  logEntries: JsonObject[]
  /** what a query of Cloud Monitoring for time series finds */
  timeSeries: JsonObject[]
  /**
   * services whose next revisions never become ready, jobs whose executions fail, log-based metrics that Cloud Monitoring has not
   * heard of yet when the next policy asks for them
   */
  failing: { services: Set<string>; jobs: Set<string>; metrics: Set<string> }
  /** counts up: for names that the service makes */
  nextNumber: () => number
}

export const find = (world: World, key: string): JsonObject | undefined => world.resources.get(key)

/** Throws NOT_FOUND where there is none. */
export const get = (world: World, key: string): JsonObject => {
  const found = find(world, key)
  if (found === undefined) throw notFound(`Resource not found: ${nameOf(key)}`)
  return found
}

/** Throws ALREADY_EXISTS where there is one. */
export const create = (world: World, key: string, resource: JsonObject): JsonObject => {
  if (find(world, key) !== undefined) throw alreadyExists(`Resource already exists: ${nameOf(key)}`)
  return put(world, key, resource)
}

export const put = (world: World, key: string, resource: JsonObject): JsonObject => {
  world.resources.set(key, resource)
  return resource
}

/** Removes a resource with all below it and its policy. Throws NOT_FOUND where there is none. */
export const remove = (world: World, key: string): JsonObject => {
  const removed = get(world, key)
  for (const map of [world.resources, world.policies, world.contents]) {
    for (const name of map.keys()) if (name === key || name.startsWith(`${key}/`)) map.delete(name)
  }
  return removed
}

/** The resources that stand directly below a collection, such as //pubsub.googleapis.com/projects/P/topics. */
export const list = (world: World, collection: string): JsonObject[] =>
  keysBelow(world, collection).map((key) => get(world, key))

export const keysBelow = (world: World, collection: string): string[] =>
  [...world.resources.keys()].filter((key) => {
    const rest = key.startsWith(`${collection}/`) ? key.slice(collection.length + 1) : ''
    return rest !== '' && !rest.includes('/')
  })

export const nameOf = (key: string): string => key.replace(/^\/\/[^/]+\//, '')

/** Set by the service at every change, or numbers of its own: two runs of a script differ in them. */
const VOLATILE =
  /^(etag|createTime|updateTime|timeCreated|updated|creationTimestamp|lastTransitionTime|completionTime|startTime|generation|metageneration|observedGeneration|resourceVersion|uid|uniqueId|userUpdateTime|run\.googleapis\.com\/operation-id|client\.knative\.dev\/.*|run\.googleapis\.com\/client-version)$/

/** All resources and policies in order of their names, without etags and times. */
export const snapshot = (world: World): { resources: JsonObject; policies: JsonObject } => ({
  resources: settled(Object.fromEntries(world.resources)),
  policies: settled(Object.fromEntries(world.policies)),
})

const settled = (value: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([key, entry]) => entry !== undefined && !VOLATILE.test(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, settledValue(entry)]),
  )

const settledValue = (value: Json | undefined): Json | undefined => {
  if (Array.isArray(value)) return value.map((entry) => settledValue(entry) ?? null)
  return typeof value === 'object' && value !== null ? settled(value) : value
}
