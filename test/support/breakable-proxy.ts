import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { after } from 'node:test'

export type BreakableProxy = {
  port: number
  /** breaks every connection and refuses new ones */
  break(): Promise<void>
  /** accepts connections again, at the same port */
  mend(): Promise<void>
}

/** Stands between a client and a port of loopback, until the test breaks it or ends. */
export const startBreakableProxy = async (targetPort: number): Promise<BreakableProxy> => {
  const sockets = new Set<Socket>()
  const follow = (socket: Socket) => {
    sockets.add(socket)
    // Broken connections are what this is for.
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1')
    for (const socket of [client, target]) follow(socket)
    client.pipe(target).pipe(client)
    client.on('close', () => target.destroy())
    target.on('close', () => client.destroy())
  })
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
    return address.port
  }
  const port = await listen(0)
  const stop = async () => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  after(stop)
  return { port, break: stop, mend: async () => void (await listen(port)) }
}
