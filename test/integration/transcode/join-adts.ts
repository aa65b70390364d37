import { execFile, spawn } from 'node:child_process'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { binaries } from './convert-video.ts'

/** The packets of the AAC of a file, each with the header that lets it stand for itself. */
export const adtsPacketsOf = async (path: string): Promise<Buffer[]> => {
  const argv = ['-nostdin', '-v', 'error', '-i', path, '-map', '0:a:0', '-c', 'copy', '-f', 'adts', '-']
  const options = { encoding: 'buffer', maxBuffer: 256 * 1024 * 1024 } as const
  const { stdout } = await promisify(execFile)((await binaries).ffmpeg, argv, options)
  const packets: Buffer[] = []
  for (let at = 0; at < stdout.length; ) {
    // Its length is in the last 2 bits of the fourth byte, the fifth, and the first 3 bits of the sixth.
    const length =
      ((stdout.readUInt8(at + 3) & 3) << 11) | (stdout.readUInt8(at + 4) << 3) | (stdout.readUInt8(at + 5) >> 5)
    packets.push(stdout.subarray(at, at + length))
    at += length
  }
  return packets
}

/** The samples of AAC packets that follow each other, mixed to one channel. */
export const samplesOf = async (packets: readonly Buffer[]): Promise<Int16Array> => {
  const argv = ['-nostdin', '-v', 'error', '-f', 'aac', '-i', '-', '-ac', '1', '-f', 's16le', '-']
  const child = spawn((await binaries).ffmpeg, argv, { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(Buffer.concat(packets))
  const bytes = await buffer(child.stdout)
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length - (bytes.length % 2)))
}

/** By how many samples `late` is behind `early` in a window of both, by their cross-correlation; up to 200 either way. */
export const lagBetween = (early: Int16Array, late: Int16Array, from: number, length: number): number => {
  let best = { lag: Number.NaN, likeness: Number.NEGATIVE_INFINITY }
  for (let lag = -200; lag <= 200; lag += 1) {
    const likeness = likenessAt(early, late, from, length, lag)
    if (likeness > best.likeness) best = { lag, likeness }
  }
  return best.lag
}

/** The normalised correlation of two windows, 1 for the same shape. */
export const likenessAt = (a: Int16Array, b: Int16Array, from: number, length: number, lag = 0): number => {
  let [product, powerOfA, powerOfB] = [0, 0, 0]
  for (let index = from; index < from + length; index += 1) {
    const [x, y] = [a[index] ?? 0, b[index + lag] ?? 0]
    product += x * y
    powerOfA += x * x
    powerOfB += y * y
  }
  return product / Math.sqrt(Math.max(1, powerOfA) * Math.max(1, powerOfB))
}
