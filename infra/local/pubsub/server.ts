import { Server as GrpcServer } from '@grpc/grpc-js'
import type { Backlog } from './backlog.ts'
import { createBroker, type Publication } from './broker.ts'
import { createCertsServer, JWK_CERTS_PATH, PEM_CERTS_PATH } from './certs-server.ts'
import { type Deliveries, recordDeliveries } from './delivery-record.ts'
import { createFaults, type PubSubFaults } from './faults.ts'
import { listen } from './listen.ts'
import { loadPubSubProtos } from './load-protos.ts'
import { type MessageLog, openMessageLog } from './message-log.ts'
import { identityToken, type SigningKey } from './oidc-token.ts'
import { createOutstanding } from './outstanding.ts'
import { publisherApi } from './publisher-api.ts'
import { createPullDelivery } from './pull-delivery.ts'
import { createPushDelivery } from './push-delivery.ts'
import { createSettlement } from './settlement.ts'
import { subscriberApi } from './subscriber-api.ts'

const REMEMBERED_DELIVERIES = 1000

/** A running local Pub/Sub. */
export type PubSubServer = {
  /** 127.0.0.1:PORT, for PUBSUB_EMULATOR_HOST or the client's apiEndpoint. */
  host: string
  /** The OIDC key as a JWK set (Google's /oauth2/v3/certs). */
  certsUrl: string
  /** The OIDC key as PEM by key id (Google's /oauth2/v1/certs): the form that google-auth-library fetches on Node. */
  pemCertsUrl: string
  /** A token as Google signs it for pushes and scheduled calls. */
  identityToken(input: { audience: string; email: string }): string
  /** Publishes without gRPC. The topic is a full name; rejects with NOT_FOUND. Publish faults do not apply. */
  publish(topic: string, message: { data: Buffer; attributes: Record<string, string> }): Promise<string>
  faults: PubSubFaults
  deliveries: Deliveries
  /** Starts to push, where startPaused has kept it from that; else does nothing. */
  resume(): void
  /** Resolves when no push is open, scheduled or waiting for its back-off. Messages that wait for a puller do not count. */
  idle(): Promise<void>
  /** Aborts open pushes, which stay unacknowledged, closes the servers and the log, leaves nothing running. */
  close(): Promise<void>
}

/**
 * Starts a Pub/Sub that unmodified Google clients can publish to and administer, and that delivers by push as Google does.
 * @param options.directory topics, subscriptions and unacknowledged messages are kept there; one server at a time
 * @param options.signingKey signs the OIDC tokens
 * @param options.port of gRPC, chosen by the system if it is left out
 * @param options.certsPort of the certificates, likewise
 * @param options.maxOutstandingPushes by short subscription id: how many pushes may be open at once, 1000 by default
 * @param options.startPaused pushes nothing before resume() is called, so that subscriptions of an earlier start can be
 *   pointed to new endpoints first; what arrives meanwhile is kept, and no attempt is spent
 */
export const startPubSubServer = async (options: {
  directory: string
  signingKey: SigningKey
  port?: number
  certsPort?: number
  maxOutstandingPushes?: ReadonlyMap<string, number>
  startPaused?: boolean
}): Promise<PubSubServer> => {
  const protos = await loadPubSubProtos()
  // The size of a message is for Publish to refuse, with Google's code, and not for the transport.
  const grpc = new GrpcServer({ 'grpc.max_receive_message_length': -1 })
  const certs = createCertsServer(options.signingKey)
  const { port: grpcPort = 0, certsPort = 0 } = options
  // The ports come first: where they are fixed, a second server must not touch the log of the first.
  const listening = await listen({ grpc, grpcPort, certs, certsPort })
  // From here to restore() nothing waits, so that no client can find an unfinished server.
  let log: MessageLog
  try {
    log = openMessageLog(options.directory)
  } catch (error) {
    await listening.stop()
    throw error
  }
  const { faults, source } = createFaults()
  const deliveries = recordDeliveries(REMEMBERED_DELIVERIES)
  const isDone = (backlog: Backlog) => backlog.size === 0 || backlog.subscription.pushConfig.pushEndpoint === ''
  const outstanding = createOutstanding(() => pushes.isIdle() && broker.backlogs().every(isDone))
  const broker = createBroker(log, (backlog) => {
    pushes.pump(backlog)
    pulls.wake(backlog)
  })
  const forward = (topic: string, letter: Publication): boolean => {
    if (!broker.topics().some(({ name }) => name === topic)) return false
    broker.publish(topic, [letter])
    return true
  }
  const settlement = createSettlement({ log, forward, onSettled: outstanding.changed })
  const pulls = createPullDelivery(settlement)
  const pushes = createPushDelivery({
    settlement,
    faults: source,
    deliveries,
    signingKey: options.signingKey,
    maxOutstandingPushes: options.maxOutstandingPushes ?? new Map(),
    startPaused: options.startPaused ?? false,
    onChanged: outstanding.changed,
  })
  grpc.addService(protos.publisher, publisherApi(broker, source))
  grpc.addService(protos.subscriber, subscriberApi(broker, pulls))
  broker.restore()
  const certsOrigin = `http://127.0.0.1:${listening.certsPort}`

  return {
    host: `127.0.0.1:${listening.grpcPort}`,
    certsUrl: `${certsOrigin}${JWK_CERTS_PATH}`,
    pemCertsUrl: `${certsOrigin}${PEM_CERTS_PATH}`,
    identityToken: (input) => identityToken(options.signingKey, input),
    publish: async (topic, message) => broker.publish(topic, [{ ...message, orderingKey: '' }]).join(),
    faults,
    deliveries,
    resume: () => {
      pushes.resume()
      broker.backlogs().forEach(pushes.pump)
    },
    idle: outstanding.idle,
    close: async () => {
      pulls.close()
      await Promise.all([listening.stop(), pushes.close()])
      for (const backlog of broker.backlogs()) backlog.clear()
      outstanding.changed()
      log.close()
    },
  }
}
