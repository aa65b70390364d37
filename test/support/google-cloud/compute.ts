import { type Api, type Call, collection, type Handler, type Routes } from './api.ts'
import { type JsonObject, textAt } from './json.ts'
import { invalid, notFound, Refusal } from './refusal.ts'
import { create, find, nameOf, remove, type World } from './world.ts'

const LINK = 'https://www.googleapis.com/compute/v1/'

/** The key of what a link of Compute Engine, whole or in part, points to. */
export const keyOfLink = (world: World, link: string): string => {
  const path = link
    .replace(/^https:\/\/[^/]+\/compute\/v1\//, '')
    .replace(`projects/${world.projectNumber}/`, `projects/${world.project}/`)
  return `//compute.googleapis.com/${path}`
}

/** What is regional says so by a link. */
const regionOf = (world: World, { region }: Record<string, string>): JsonObject =>
  region === undefined ? {} : { region: `${LINK}projects/${world.project}/regions/${region}` }

const operation = (target: string, operationType: string, { world, params }: Call): JsonObject => {
  const scope = params.region === undefined ? 'global' : `regions/${params.region}`
  const name = `operation-${world.nextNumber()}`
  return {
    kind: 'compute#operation',
    id: String(world.nextNumber()),
    name,
    operationType,
    status: 'DONE',
    progress: 100,
    ...regionOf(world, params),
    selfLink: `${LINK}projects/${world.project}/${scope}/operations/${name}`,
    targetLink: `${LINK}${target}`,
  }
}

const ended: Handler = (call) => operation('', 'insert', call)

const NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/

const kept = (path: string, check: (call: Call) => void = () => undefined): Routes => ({
  ...collection({ path: `/compute/v1/${path}`, items: 'items' }),
  [`POST /compute/v1/${path}`]: (call) => {
    const name = textAt(call.body, 'name')
    if (!NAME.test(name)) throw invalid(`Invalid value for field 'resource.name': '${name}'.`)
    check(call)
    const key = `${call.key}/${name}`
    create(call.world, key, { ...call.body, ...regionOf(call.world, call.params), selfLink: `${LINK}${nameOf(key)}` })
    return operation(nameOf(key), 'insert', call)
  },
  [`DELETE /compute/v1/${path}/{id}`]: (call) => {
    checkUnused(call.world, call.key)
    remove(call.world, call.key)
    return operation(nameOf(call.key), 'delete', call)
  },
})

const needsNetwork = ({ world, body }: Call): void => {
  const network = textAt(body, 'network')
  if (find(world, keyOfLink(world, network)) === undefined) throw notFound(`The resource '${network}' was not found`)
}

/** A network is deleted last: the real service names the resource that still uses it. */
const checkUnused = (world: World, key: string): void => {
  for (const [user, resource] of world.resources) {
    const { network } = resource
    if (typeof network === 'string' && keyOfLink(world, network) === key) {
      throw new Refusal(400, `The network resource '${nameOf(key)}' is already being used by '${nameOf(user)}'`)
    }
  }
}

const checkPeeringRange = (call: Call): void => {
  if (textAt(call.body, 'purpose') === 'VPC_PEERING') needsNetwork(call)
}

/** Networks with their subnetworks and reserved addresses. */
export const compute: Api = {
  service: 'compute.googleapis.com',
  routes: {
    ...kept('projects/{project}/global/networks'),
    ...kept('projects/{project}/regions/{region}/subnetworks', needsNetwork),
    ...kept('projects/{project}/global/addresses', checkPeeringRange),
    ...kept('projects/{project}/global/firewalls', needsNetwork),
    'GET /compute/v1/projects/{project}/global/operations/{operation}': ended,
    'POST /compute/v1/projects/{project}/global/operations/{operation}/wait': ended,
    'GET /compute/v1/projects/{project}/regions/{region}/operations/{operation}': ended,
    'POST /compute/v1/projects/{project}/regions/{region}/operations/{operation}/wait': ended,
    'GET /compute/v1/projects/{project}': ({ world }) => ({ name: world.project, kind: 'compute#project' }),
    'GET /compute/v1/projects/{project}/aggregated/subnetworks': ({ world }) => ({
      items: {
        [`regions/${world.region}`]: {
          subnetworks: [...world.resources].flatMap(([key, it]) => (key.includes('/subnetworks/') ? [it] : [])),
        },
      },
    }),
  },
}
