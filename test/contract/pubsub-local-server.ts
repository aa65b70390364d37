import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PubSubServer, startPubSubServer } from '../../infra/local/pubsub/server.ts'
import { connectClients, freshId, type PubSubClients } from './pubsub-clients.ts'

/** A local Pub/Sub with its own directory, and clients that are connected to it. */
export type LocalPubSub = {
  server: PubSubServer
  clients: PubSubClients
  directory: string
  /** Stops the server and starts another one on the same directory. */
  restart(): Promise<LocalPubSub>
  close(): Promise<void>
}

/** The key of every server of this process. */
export const SIGNING_KEY = { kid: 'contract-test', privateKeyPem: newPrivateKeyPem() }

/** A new RSA key as PEM. */
export function newPrivateKeyPem(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** Starts a server on ports of the system's choice. */
export const startLocalPubSub = async (
  options: { directory?: string; maxOutstandingPushes?: ReadonlyMap<string, number>; startPaused?: boolean } = {},
): Promise<LocalPubSub> => {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'reelway-pubsub-')))
  const server = await startPubSubServer({ ...options, directory, signingKey: SIGNING_KEY })
  const clients = connectClients(server.host, freshId('project'))
  const stop = async () => {
    await clients.close()
    await server.close()
  }
  return {
    server,
    clients,
    directory,
    restart: async () => {
      await stop()
      return startLocalPubSub({ ...options, directory })
    },
    close: async () => {
      await stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
