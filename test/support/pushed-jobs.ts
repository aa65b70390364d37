import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import type { PubSub } from '@google-cloud/pubsub'
import { names } from '@reelway/local/cloud-resources.ts'
import { jobMessage } from '@reelway/shared/message/body.ts'
import { pushEnvelope, readMessage } from '@reelway/shared/message/envelope.ts'

export type PushedJobs = {
  /** the ids of the jobs that were pushed since this was last asked; ask when Pub/Sub is idle */
  take(): string[]
  close(): Promise<void>
}

/** Subscribes to the jobs topic by push, in the place of batch, and acknowledges every message. */
export const receivePushedJobs = async (pubsub: PubSub): Promise<PushedJobs> => {
  const received: string[] = []
  const server = createServer((request, response) => {
    text(request)
      .then((body) => {
        const job = readMessage(jobMessage, pushEnvelope.parse(JSON.parse(body)))
        received.push(job?.jobId ?? 'no job')
        response.writeHead(204).end()
      })
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the endpoint has no port')
  const pushConfig = { pushEndpoint: `http://127.0.0.1:${address.port}/` }
  await pubsub.topic(names.jobs).createSubscription('received-by-test', { pushConfig })
  return {
    take: () => received.splice(0),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
