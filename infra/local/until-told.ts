import { setInterval as every } from 'node:timers/promises'

/**
 * Resolves with the reason when the process is asked to stop: SIGINT, SIGTERM or SIGHUP, or because the npm that started it is
 * gone (killed, it could not pass a signal on).
 */
export const untilTold = async (): Promise<string> => {
  const told = Promise.withResolvers<string>()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => told.resolve(signal))
  const watching = new AbortController()
  if (process.env.npm_lifecycle_event !== undefined) {
    const npm = process.ppid
    watch(() => process.ppid !== npm, watching.signal).then(
      () => told.resolve('npm is gone'),
      (error: unknown) => told.reject(error),
    )
  }
  const reason = await told.promise
  watching.abort()
  return reason
}

const watch = async (isGone: () => boolean, signal: AbortSignal): Promise<void> => {
  try {
    for await (const _ of every(500, undefined, { signal, ref: false })) if (isGone()) return
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
