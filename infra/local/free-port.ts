import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

/** Systems give ports from above to whoever asks for any, and to connections (Linux from 32768, others from 49152, if nobody set it otherwise). */
const LOWEST_PORT = 12_000
const HIGHEST_PORT = 32_000

/**
 * A port on loopback that is free now, for programs that must be told one, and that is likely to stay free while nobody listens on it: the
 * system gives it to nobody else.
 */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(LOWEST_PORT, HIGHEST_PORT)
    if (await isPortFree(port)) return port
  }
}

/** False when somebody else listens on this port, on whatever address. */
export const isPortFree = async (port: number): Promise<boolean> => {
  try {
    const server = await listening(port)
    server.close()
    await once(server, 'close')
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false
    throw error
  }
}

const listening = async (port: number): Promise<Server> => {
  const server = createServer().listen(port)
  await once(server, 'listening')
  return server
}
