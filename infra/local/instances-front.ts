import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'

/** A process that requests can be sent to. */
export type Backend = { url: string }

export type Front = AsyncDisposable & {
  url: string
  /** a process answers from now on */
  add(backend: Backend): void
  /** it has ended, or is about to */
  remove(backend: Backend): void
}

/**
 * Stands in front of several processes as Cloud Run does: a request goes to one that works on fewer than `concurrency` others; while
 * all are busy or none runs it waits, first come, first served, for at most `patienceMillis`, and is then refused with 429. A process that
 * dies while it works answers 503. A caller that hangs up does not make its process free: that works on to the end.
 */
export const startFront = async (limits: { concurrency: number; patienceMillis: number }): Promise<Front> => {
  const openRequests = new Map<Backend, number>()
  const waiting: ((backend: Backend | undefined) => void)[] = []

  const takeFree = (): Backend | undefined => {
    const [free] = [...openRequests].sort(([, a], [, b]) => a - b)
    if (free === undefined || free[1] >= limits.concurrency) return undefined
    openRequests.set(free[0], free[1] + 1)
    return free[0]
  }
  const wake = (): void => {
    while (waiting.length > 0) {
      const backend = takeFree()
      if (backend === undefined) return
      waiting.shift()?.(backend)
    }
  }
  const takeWhenFree = (): Promise<Backend | undefined> => {
    const backend = waiting.length === 0 ? takeFree() : undefined
    if (backend !== undefined) return Promise.resolve(backend)
    return new Promise((resolve) => {
      const given = (one: Backend | undefined) => {
        clearTimeout(timer)
        resolve(one)
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(given), 1)
        resolve(undefined)
      }, limits.patienceMillis)
      waiting.push(given)
    })
  }
  const giveBack = (backend: Backend): void => {
    const open = openRequests.get(backend)
    // Else it has been removed meanwhile.
    if (open !== undefined) openRequests.set(backend, open - 1)
    wake()
  }

  const server = createServer((request, response) => {
    // Whoever hangs up need not hear how it ended.
    response.on('error', () => undefined)
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const backend = await takeWhenFree()
    if (backend === undefined) return void response.writeHead(429).end()
    await forward(backend, request, response)
    giveBack(backend)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the front has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    add: (backend) => {
      openRequests.set(backend, 0)
      wake()
    },
    remove: (backend) => void openRequests.delete(backend),
    [Symbol.asyncDispose]: async () => {
      for (const refuse of waiting.splice(0)) refuse(undefined)
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** Sends a request on and its answer back. Resolves when the process has done with it; never rejects. */
const forward = ({ url }: Backend, request: IncomingMessage, response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const { connection: _, ...headers } = request.headers
    const upstream = httpRequest(new URL(request.url ?? '/', url), { method: request.method, headers, agent: false })
    upstream.on('response', (answer) => {
      const { connection: __, ...answered } = answer.headers
      response.writeHead(answer.statusCode ?? 502, answered)
      answer.pipe(response)
      answer.on('error', () => response.destroy())
      answer.on('close', resolve)
    })
    upstream.on('error', () => {
      if (response.headersSent) response.destroy()
      else response.writeHead(503).end()
      resolve()
    })
    request.on('error', () => upstream.destroy())
    request.pipe(upstream)
  })
