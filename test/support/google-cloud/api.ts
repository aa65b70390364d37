import { type JsonObject, masked, merged } from './json.ts'
import { notFound } from './refusal.ts'
import { create, get, list, put, remove, type World } from './world.ts'

/** One request to one of the APIs. */
export type Call = {
  world: World
  method: string
  host: string
  /** without the query */
  path: string
  query: Record<string, string>
  headers: Record<string, string>
  body: JsonObject
  /** the body as it came */
  bytes: Buffer
  /** what stood at the {names} of the route, decoded */
  params: Record<string, string>
  /** full resource name: //SERVICE/ and the path without its version and its :verb */
  key: string
}

/** An answer that is not JSON, or has headers. */
export class RawAnswer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly bytes: Buffer

  constructor(status: number, headers: Record<string, string>, bytes: Buffer = Buffer.alloc(0)) {
    this.status = status
    this.headers = headers
    this.bytes = bytes
  }
}

/** Answers one request. Throws a Refusal to refuse it. */
export type Handler = (call: Call) => JsonObject | RawAnswer

/** By "METHOD /path", {name} standing for one step of the path: "GET /v1/projects/{project}/topics/{topic}". */
export type Routes = Record<string, Handler>

export type Api = {
  /** as it is enabled: pubsub.googleapis.com */
  service: string
  routes: Routes
}

/** The route that takes a request, and what stood at its {names}. Throws NOT_FOUND where there is none. */
export const findRoute = (
  routes: Routes,
  method: string,
  path: string,
): { handler: Handler; params: Record<string, string> } | undefined => {
  for (const [route, handler] of Object.entries(routes)) {
    const [routeMethod, pattern = ''] = route.split(' ')
    if (routeMethod !== method) continue
    const match = patternOf(pattern).exec(path)
    if (match === null) continue
    const params = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)])
    return { handler, params: Object.fromEntries(params) }
  }
  return undefined
}

const patternOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/:]+)')}$`)

export type Collection = {
  /** "/v1/projects/{project}/topics" */
  path: string
  /** the list's name in the answer of a list */
  items: string
  /** the new resource's id, of a POST; it throws to refuse */
  id?: (call: Call) => string
  /** what is stored, of a POST; the full name is set already. It throws to refuse */
  accept?: (call: Call, resource: JsonObject) => JsonObject
  /** what a write answers: an operation, where the API has them */
  answer?: (resource: JsonObject, call: Call) => JsonObject
}

/** List, get, create, change and delete, as most of Google's APIs do them (https://google.aip.dev/130). */
export const collection = ({ path, items, id, accept = (_, it) => it, answer = (it) => it }: Collection): Routes => {
  const one = `${path}/{id}`
  const change = (call: Call): JsonObject => {
    const { world, key, body, query } = call
    const old = get(world, key)
    const mask = query.updateMask
    const next = mask === undefined ? merged(old, body) : masked(old, body, mask)
    return answer(put(world, key, accept(call, next)), call)
  }
  const routes: Routes = {
    [`GET ${path}`]: ({ world, key }) => ({ [items]: list(world, key) }),
    [`GET ${one}`]: ({ world, key }) => get(world, key),
    [`PATCH ${one}`]: change,
    [`DELETE ${one}`]: (call) => {
      remove(call.world, call.key)
      return answer({}, call)
    },
  }
  if (id !== undefined) {
    routes[`POST ${path}`] = (call) => {
      const key = `${call.key}/${id(call)}`
      const resource = { ...call.body, name: key.replace(/^\/\/[^/]+\//, '') }
      return answer(create(call.world, key, accept({ ...call, key }, resource)), { ...call, key })
    }
  }
  return routes
}

/** google.longrunning.Operation, which is over already. */
export const doneOperation =
  (type: string) =>
  (response: JsonObject, call: Call): JsonObject => ({
    name: `projects/${call.world.project}/locations/${call.params.location ?? 'global'}/operations/operation-${call.world.nextNumber()}`,
    done: true,
    response: { '@type': `type.googleapis.com/${type}`, ...response },
  })

/** The operations that doneOperation answered with, asked for again. */
export const operationRoutes = (...paths: string[]): Routes =>
  Object.fromEntries(
    paths.map((path): [string, Handler] => [
      `GET ${path}/{operation}`,
      ({ params, path: asked }) => {
        if (params.operation === undefined) throw notFound(`Operation not found: ${asked}`)
        return { name: asked.replace(/^\/v[^/]+\//, ''), done: true, response: {} }
      },
    ]),
  )
