/** What is known of how fast bytes go. */
export type Speed = {
  readonly startedAtMillis: number
  readonly atMillis: number
  readonly bytes: number
  /** smoothed; undefined as long as it would be a guess */
  readonly bytesPerSecond: number | undefined
}

/** A change in speed counts half after so long: the half-life that other uploaders have settled on. */
const HALF_LIFE_SECONDS = 2
/** A line needs as long to get going; before that nothing is said. */
const QUIET_MILLIS = 3_000

/** The speed from `bytes` in all at `nowMillis` on; smoothed exponentially. `before` is undefined at the beginning, and after a pause. */
export const measureSpeed = (before: Speed | undefined, nowMillis: number, bytes: number): Speed => {
  // Less than before: the storage had not kept all that was sent. Nothing is learned of that.
  if (before === undefined || bytes < before.bytes) {
    return { startedAtMillis: nowMillis, atMillis: nowMillis, bytes, bytesPerSecond: undefined }
  }
  const seconds = (nowMillis - before.atMillis) / 1000
  if (seconds <= 0) return { ...before, bytes }
  const now = (bytes - before.bytes) / seconds
  const weight = 0.5 ** (seconds / HALF_LIFE_SECONDS)
  const { startedAtMillis } = before
  return {
    startedAtMillis,
    atMillis: nowMillis,
    bytes,
    bytesPerSecond: before.bytesPerSecond === undefined ? now : now + (before.bytesPerSecond - now) * weight,
  }
}

/** How many seconds `leftBytes` will take; undefined in the first 3 s, and while nothing moves. */
export const secondsLeft = (speed: Speed | undefined, leftBytes: number): number | undefined => {
  if (speed?.bytesPerSecond === undefined || speed.atMillis - speed.startedAtMillis < QUIET_MILLIS) return undefined
  return speed.bytesPerSecond < 1 ? undefined : leftBytes / speed.bytesPerSecond
}
