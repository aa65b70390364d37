import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openBucketStore } from './bucket-store.ts'
import { dispatch } from './dispatch.ts'
import type { StorageService } from './exchange.ts'
import { createFaultRegister, type StorageFaults } from './faults.ts'
import { notificationsFor, type PublishNotification, startNotifier } from './notifications.ts'
import { openObjectStore } from './object-store.ts'
import { openSessionStore } from './session-store.ts'

export type StorageServer = {
  /** http://127.0.0.1:PORT */
  url: string
  faults: StorageFaults
  /** Breaks open connections and resolves when the port is free and nothing is under way. */
  close(): Promise<void>
}

export type StorageServerOptions = {
  /** Where objects, buckets and upload sessions live; what is there from before is served again. */
  directory: string
  /** 0, which is the default, lets the system choose. */
  port?: number
  /** E-mail of a service account to its public key (PEM). URLs signed by anyone else are refused. */
  signers: ReadonlyMap<string, string>
  /** Called for every object change that a bucket's notificationConfig asks for. */
  publishNotification: PublishNotification
  now?: () => Date
}

/**
 * Starts the local Cloud Storage on 127.0.0.1: the JSON API under /storage/v1 and /upload/storage/v1, the XML API under
 * /BUCKET/OBJECT. Speaks the real protocol to unmodified clients and refuses what the service refuses. Rejects when the
 * port is taken or the directory cannot be written.
 */
export const startStorageServer = async (options: StorageServerOptions): Promise<StorageServer> => {
  const { directory, port = 0, signers, now = () => new Date() } = options
  const notifier = startNotifier(options.publishNotification)
  const faults = createFaultRegister()
  const buckets = openBucketStore(directory, now)
  const objects = openObjectStore(directory, now, (change) => {
    const configs = buckets.get(change.record.bucket).notificationConfigs
    for (const { topic, message } of notificationsFor(change, configs, service.origin, now()))
      notifier.send(topic, message)
  })
  for (const bucket of buckets.list()) objects.addBucket(bucket.name)
  const sessions = openSessionStore(directory, now)
  const service: StorageService = { origin: '', objects, buckets, sessions, faults, signers, now }

  const underWay = new Set<Promise<void>>()
  const server = createServer((request, response) => {
    const done = dispatch(service, request, response).finally(() => underWay.delete(done))
    underWay.add(done)
  })
  // An upload takes as long as it takes: Node's own limit is five minutes for a whole request.
  server.requestTimeout = 0
  // As long as the service keeps idle connections, about; with Node's five seconds clients run into closed ones.
  server.keepAliveTimeout = 240_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  service.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url: service.origin,
    faults,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      await Promise.all(underWay)
      await notifier.close()
    },
  }
}
