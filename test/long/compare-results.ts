import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Binaries } from '@reelway/batch/ffmpeg/binaries.ts'
import { ssim } from '../bench/ssim.ts'
import { lagBetween } from '../integration/transcode/join-adts.ts'

const run = promisify(execFile)
const options = { maxBuffer: 512 * 1024 * 1024 } as const

/** What is to be compared: the result of one run, the result of parts, and what both are made of, without loss. */
export type Results = { single: string; joined: string; reference: string; seamSamples: readonly number[] }

export type Comparison = {
  frames: number
  isTimeEqual: boolean
  isSoundLengthEqual: boolean
  /** At each seam, in samples. */
  lags: number[]
  ssimOfSingle: number
  ssimOfJoined: number
  /** Of the joined to the single. */
  sizeRatio: number
}

/** Compares a result that was made in parts with that of a single run. */
export const compareResults = async (
  binaries: Binaries,
  { single, joined, reference, seamSamples }: Results,
): Promise<Comparison> => {
  const times = await Promise.all([single, joined].map((path) => timesOf(binaries, path)))
  const sounds =
    seamSamples.length === 0 ? [] : await Promise.all([single, joined].map((path) => soundOf(binaries, path)))
  const [first = new Int16Array(), second = new Int16Array()] = sounds
  return {
    frames: times[1]?.length ?? 0,
    isTimeEqual: times[0]?.join() === times[1]?.join(),
    isSoundLengthEqual: first.length === second.length,
    // Around the seam, right behind it, and seconds later.
    lags: seamSamples.flatMap((at) =>
      [at - 4096, at, at + 96_000].map((from) => lagBetween(first, second, from, 8192)),
    ),
    ssimOfSingle: await ssim(binaries.ffmpeg, single, reference),
    ssimOfJoined: await ssim(binaries.ffmpeg, joined, reference),
    sizeRatio: (await stat(joined)).size / (await stat(single)).size,
  }
}

/** When each frame is shown, in order, and that no packet is to be decoded before the one in front of it. */
const timesOf = async ({ ffprobe }: Binaries, path: string): Promise<number[]> => {
  const argv = [
    '-v',
    'error',
    '-select_streams',
    'v',
    '-show_entries',
    'packet=pts_time,dts_time',
    '-of',
    'csv=p=0',
    path,
  ]
  const { stdout } = await run(ffprobe, argv, options)
  const packets = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number))
  const decoded = packets.map(([, dts = Number.NaN]) => dts)
  if (decoded.some((dts, index) => dts <= (decoded[index - 1] ?? Number.NEGATIVE_INFINITY))) {
    throw new Error(`${path}: packets are not in the order of their decoding`)
  }
  return packets.map(([pts = Number.NaN]) => pts).toSorted((a, b) => a - b)
}

const soundOf = async ({ ffmpeg }: Binaries, path: string): Promise<Int16Array> => {
  const argv = ['-nostdin', '-v', 'error', '-i', path, '-map', '0:a:0', '-ac', '1', '-f', 's16le', '-']
  const { stdout } = await run(ffmpeg, argv, { ...options, encoding: 'buffer' })
  return new Int16Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length))
}
