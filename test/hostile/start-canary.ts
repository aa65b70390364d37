import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

export type Canary = AsyncDisposable & {
  port: number
  /** How many connections have come. */
  connections: () => number
}

/** Listens on a free port of loopback where nobody has any business, and counts who comes. Hangs up on everybody. */
export const startCanary = async (): Promise<Canary> => {
  let connections = 0
  const server = createServer((socket: Socket) => {
    connections += 1
    socket.on('error', () => undefined)
    socket.resume()
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the canary has no port')
  return {
    port: address.port,
    connections: () => connections,
    [Symbol.asyncDispose]: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}
