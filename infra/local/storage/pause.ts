import { setTimeout as wait } from 'node:timers/promises'
import type { Exchange } from './exchange.ts'

/** Waits `ms`, or less when the connection ends meanwhile: a server that closes must not sit out a fault. */
export const pause = async ({ request }: Exchange, ms: number): Promise<void> => {
  const gone = new AbortController()
  const { socket } = request
  const end = (): void => gone.abort()
  socket.once('close', end)
  try {
    await wait(socket.destroyed ? 0 : ms, undefined, { signal: gone.signal })
  } catch (error) {
    if (!gone.signal.aborted) throw error
  } finally {
    socket.off('close', end)
  }
}
