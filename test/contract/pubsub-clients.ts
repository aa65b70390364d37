import { PubSub, type Topic, v1 } from '@google-cloud/pubsub'
import { credentials } from '@grpc/grpc-js'

/** Google's unmodified clients, connected to one server, with names in a project of their own. */
export type PubSubClients = {
  project: string
  pubsub: PubSub
  subscriber: v1.SubscriberClient
  publisher: v1.PublisherClient
  close(): Promise<void>
}

// A client would retry for ten minutes; a contract test wants the first answer.
const FIRST_ANSWER = { retry: null, timeout: 60_000 }

/** The gRPC code with which a call is refused. Throws if it is not refused. */
export const codeOf = async (call: Promise<unknown>): Promise<unknown> => {
  try {
    await call
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
  throw new Error('The call was not refused')
}

/** Connects the clients to HOST:PORT. @param project a project that no other test uses */
export const connectClients = (host: string, project: string): PubSubClients => {
  // The client looks for Google's metadata server even when it talks to an emulator, and warns about what it finds.
  process.env.METADATA_SERVER_DETECTION ??= 'none'
  const [servicePath = '', port] = host.split(':')
  const options = { servicePath, port: Number(port), sslCreds: credentials.createInsecure() }
  const pubsub = new PubSub({ projectId: project, apiEndpoint: host, emulatorMode: true })
  const subscriber = new v1.SubscriberClient(options)
  const publisher = new v1.PublisherClient(options)
  return {
    project,
    pubsub,
    subscriber,
    publisher,
    close: async () => {
      await Promise.all([pubsub.close(), subscriber.close(), publisher.close()])
    },
  }
}

let lastName = 0

/** A resource id that no other test of this process uses. */
export const freshId = (kind: string): string => {
  lastName += 1
  return `${kind}-${process.pid}-${lastName}`
}

/** Creates a topic with a fresh id. */
export const newTopic = async (clients: PubSubClients): Promise<Topic> => {
  const [topic] = await clients.pubsub.createTopic(freshId('topic'))
  return topic
}

/** Pulls until that many messages have come or the time is over; acknowledges what it got. */
export const pullMessages = async (clients: PubSubClients, subscription: string, count: number, timeoutMs = 60_000) => {
  const deadlineMs = Date.now() + timeoutMs
  const messages: { data: string; attributes: Record<string, string> }[] = []
  while (messages.length < count && Date.now() < deadlineMs) {
    const [response] = await clients.subscriber.pull({ subscription, maxMessages: 10 }, FIRST_ANSWER)
    const received = response.receivedMessages ?? []
    for (const { message } of received) {
      messages.push({ data: Buffer.from(message?.data ?? '').toString(), attributes: message?.attributes ?? {} })
    }
    const ackIds = received.flatMap(({ ackId }) => ackId ?? [])
    if (ackIds.length > 0) await clients.subscriber.acknowledge({ subscription, ackIds }, FIRST_ANSWER)
  }
  return messages
}
