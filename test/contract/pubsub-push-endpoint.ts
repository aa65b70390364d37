import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/** One request that Pub/Sub made. */
export type Push = { path: string; headers: IncomingHttpHeaders; body: string; startedAtMs: number }

/** An HTTP endpoint that keeps every push it gets. */
export type PushEndpoint = {
  url: string
  pushes: Push[]
  /** Connections that the other side closed before they had an answer. */
  abandoned: Push[]
  /** Resolves with the pushes once there are that many. Rejects after the time-out. */
  received(count: number, timeoutMs?: number): Promise<Push[]>
  close(): Promise<void>
}

/** What the endpoint does with a push: answers a status (after 102 nothing more), breaks off, or never answers. */
export type Answer = number | 'break' | 'hang'

const wrappedSchema = z.object({
  message: z.object({
    attributes: z.record(z.string(), z.string()),
    data: z.string(),
    messageId: z.string(),
    message_id: z.string(),
    publishTime: z.iso.datetime(),
    publish_time: z.iso.datetime(),
  }),
  subscription: z.string(),
  deliveryAttempt: z.number().optional(),
})

/** The wrapped message that a push carries. Throws if its body is not one. */
export const wrappedMessage = (push: Push | undefined) => wrappedSchema.parse(JSON.parse(push?.body ?? 'null'))

/** Text of the message that a push carries. */
export const textOf = (push: Push | undefined): string =>
  Buffer.from(wrappedMessage(push).message.data, 'base64').toString()

/** Starts an endpoint on a port of the system's choice. @param answer 204 to everything if it is left out */
export const startPushEndpoint = async (
  answer: (push: Push, index: number) => Answer | Promise<Answer> = () => 204,
): Promise<PushEndpoint> => {
  const pushes: Push[] = []
  const abandoned: Push[] = []
  const server = createServer(async (request, response) => {
    const startedAtMs = Date.now()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    const push = { path: request.url ?? '', headers: request.headers, body, startedAtMs }
    response.on('close', () => {
      if (!response.writableEnded) abandoned.push(push)
    })
    const index = pushes.push(push) - 1
    const action = await answer(push, index)
    if (action === 'break') request.socket.destroy()
    else if (action === 102) response.writeProcessing()
    else if (action !== 'hang') response.writeHead(action).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pushes,
    abandoned,
    received: async (count, timeoutMs = 60_000) => {
      const deadlineMs = Date.now() + timeoutMs
      while (pushes.length < count) {
        if (Date.now() > deadlineMs) throw new Error(`${pushes.length} of ${count} pushes after ${timeoutMs} ms`)
        await sleep(10)
      }
      return pushes
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
