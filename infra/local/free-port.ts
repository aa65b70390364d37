import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

/** A port on loopback that is free now, for programs that must be told one. */
export const freePort = async (): Promise<number> => {
  const server = await listening(0, '127.0.0.1')
  const address = server.address()
  await closed(server)
  if (address === null || typeof address === 'string') throw new Error('the system gave no port')
  return address.port
}

/** False when somebody else listens on this port, on whatever address. */
export const isPortFree = async (port: number): Promise<boolean> => {
  try {
    await closed(await listening(port))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false
    throw error
  }
}

const listening = async (port: number, host?: string): Promise<Server> => {
  const server = createServer().listen(port, host)
  await once(server, 'listening')
  return server
}

const closed = async (server: Server): Promise<void> => {
  server.close()
  await once(server, 'close')
}
