const MIB = 1024 * 1024

/** Below it requests cost more than they bring; above it little is gained, and more is lost with one that breaks off. */
const SMALLEST_BYTES = 8 * MIB
const LARGEST_BYTES = 64 * MIB

const SHORT_MILLIS = 4_000
const LONG_MILLIS = 20_000

/**
 * The size in bytes of the next piece, after one of `chunkBytes` took `tookMillis`: twice as much after less than 4 s, half as much after
 * more than 20 s, so that progress is stored every few seconds, whatever the line.
 */
export const adaptChunk = (chunkBytes: number, tookMillis: number): number => {
  if (tookMillis < SHORT_MILLIS) return Math.min(chunkBytes * 2, LARGEST_BYTES)
  return tookMillis > LONG_MILLIS ? Math.max(chunkBytes / 2, SMALLEST_BYTES) : chunkBytes
}
