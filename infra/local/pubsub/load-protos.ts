import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ServiceDefinition } from '@grpc/grpc-js'
import { load } from '@grpc/proto-loader'

/** The two Pub/Sub services as the installed client has them. */
export type PubSubProtos = { publisher: ServiceDefinition; subscriber: ServiceDefinition }

/**
 * Reads Pub/Sub's service definitions from the .proto files that come with the installed @google-cloud/pubsub and its
 * google-gax, so that server and client always speak the same version.
 */
export const loadPubSubProtos = async (): Promise<PubSubProtos> => {
  const client = fileURLToPath(import.meta.resolve('@google-cloud/pubsub'))
  const gax = createRequire(client).resolve('google-gax')
  const definitions = await load('google/pubsub/v1/pubsub.proto', {
    includeDirs: [join(dirname(client), '../protos'), join(dirname(gax), '../protos')],
    longs: Number,
    enums: String,
  })
  const service = (name: string): ServiceDefinition => {
    const definition = definitions[name]
    if (!definition || 'format' in definition) throw new Error(`The installed protos have no service ${name}`)
    return definition as ServiceDefinition
  }
  return { publisher: service('google.pubsub.v1.Publisher'), subscriber: service('google.pubsub.v1.Subscriber') }
}
