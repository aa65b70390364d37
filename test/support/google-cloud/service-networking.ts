import { type Api, type Call, doneOperation } from './api.ts'
import { at, type JsonObject, objectsAt, textAt } from './json.ts'
import { invalid } from './refusal.ts'
import { find, list, put, remove, type World } from './world.ts'

const PEERING = 'servicenetworking-googleapis-com'
const connections = '/v1/services/{service}/connections'
const collectionKey = '//servicenetworking.googleapis.com/services/servicenetworking.googleapis.com/connections'

/** True if Google's services have addresses of their own within the network (private services access). */
export const isPeered = (world: World, network: string): boolean =>
  list(world, collectionKey).some((it) => lastPart(textAt(it, 'network')) === lastPart(network))

const lastPart = (link: string): string => link.split('/').at(-1) ?? ''

const connect = (call: Call): JsonObject => {
  const { world, body } = call
  const network = lastPart(textAt(body, 'network'))
  if (find(world, `//compute.googleapis.com/projects/${world.project}/global/networks/${network}`) === undefined) {
    throw invalid(`The network ${network} does not exist.`)
  }
  const ranges = at(body, 'reservedPeeringRanges')
  if (!Array.isArray(ranges) || ranges.length === 0) throw invalid('reservedPeeringRanges is missing')
  for (const range of ranges) {
    const address = find(world, `//compute.googleapis.com/projects/${world.project}/global/addresses/${range}`)
    if (textAt(address, 'purpose') !== 'VPC_PEERING')
      throw invalid(`Allocated IP range '${range}' not found in network.`)
  }
  put(world, `${collectionKey}/${network}`, { ...body, peering: PEERING, service: `services/${call.params.service}` })
  return operation({}, call)
}

const operation = (response: JsonObject, call: Call): JsonObject => ({
  ...doneOperation('google.protobuf.Empty')(response, call),
  name: `operations/pssn.${call.world.nextNumber()}`,
})

export const serviceNetworking: Api = {
  service: 'servicenetworking.googleapis.com',
  routes: {
    [`GET ${connections}`]: ({ world, query }) => ({
      connections: list(world, collectionKey).filter(
        (it) => query.network === undefined || lastPart(textAt(it, 'network')) === lastPart(query.network),
      ),
    }),
    [`POST ${connections}`]: connect,
    [`PATCH ${connections}/{peering}`]: connect,
    [`POST ${connections}/{peering}`]: (call) => {
      const network = lastPart(textAt(call.body, 'consumerNetwork'))
      remove(call.world, `${collectionKey}/${network}`)
      return operation({}, call)
    },
    'GET /v1/operations/{operation}': ({ params }) => ({
      name: `operations/${params.operation}`,
      done: true,
      response: {},
    }),
    'GET /v1/services/{service}': ({ world, params }) => ({
      name: params.service,
      peerings: objectsAt({ list: list(world, collectionKey) }, 'list'),
    }),
  },
}
