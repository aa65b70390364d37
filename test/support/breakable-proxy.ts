import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { after } from 'node:test'
import { loopbackAddress } from './loopback-address.ts'

export type BreakableProxy = {
  /** address and port */
  host: string
  /** breaks every connection and refuses new ones */
  break(): Promise<void>
  /** accepts connections again, at the same place */
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
  // While it is broken, its port must remain free for it.
  const address = loopbackAddress()
  const listen = async (port: number): Promise<number> => {
    server.listen(port, address)
    await once(server, 'listening')
    const bound = server.address()
    if (bound === null || typeof bound === 'string') throw new Error('the proxy has no port')
    return bound.port
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
  return { host: `${address}:${port}`, break: stop, mend: async () => void (await listen(port)) }
}
