import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from '@reelway/batch/ffmpeg/binaries.ts'
import type { EncodePlan, PlanPart } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { countSoundPackets, soundFormat } from '@reelway/batch/ffmpeg/sound-packets.ts'
import { cutPicture } from '@reelway/batch/plan/split.ts'
import { checkEnd } from '@reelway/batch/transcode/check-end.ts'
import { ensureFfmpeg } from '@reelway/local/ensure-ffmpeg.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import { encodeOne, encodeWhole, type PartOnDisk, rangesOf, wholePlan } from '../integration/transcode/encode-parts.ts'
import { serveFile } from '../support/serve-file.ts'
import { type Comparison, compareResults } from './compare-results.ts'
import { joinOnDisk } from './join-on-disk.ts'
import { type LongSource, longSources } from './long-sources.ts'

/**
 * npm run test:long [-- WORD]: sources of 5 to 20 minutes (those with WORD in their name) in a single run, and in parts that
 * are encoded two at a time and joined from a storage; then compares the two, prints the figures, and fails when they differ
 * by more than is promised.
 */
const PARTS = 7
const MOST_SSIM_LOST = 0.002
const MOST_SIZE_RATIO = 1.05

const main = async (word: string): Promise<boolean> => {
  const binaries = await ensureFfmpeg(process.env)
  const failures: string[] = []
  for (const source of longSources.filter(({ name }) => name.includes(word))) {
    const folder = await mkdtemp(join(tmpdir(), 'reelway-long-'))
    try {
      const comparison = await convertBothWays(binaries, source, folder)
      printRow(source, comparison)
      failures.push(...shortcomings(comparison).map((what) => `${source.name}: ${what}`))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  for (const failure of failures) console.error(failure)
  return failures.length === 0
}

const convertBothWays = async (binaries: Binaries, source: LongSource, folder: string): Promise<Comparison> => {
  const path = join(folder, `source.${source.extension}`)
  await promisify(execFile)(binaries.ffmpeg, ['-nostdin', '-v', 'error', ...source.argv, path])
  await using served = await serveFile(path)
  const plan = await wholePlan(served.url, presets[source.preset])
  const signal = new AbortController().signal
  const end = await checkEnd({ binaries, plan, sourceUrl: served.url, stallLimitSeconds: 60, signal })
  assert.deepEqual(end, { kind: 'complete' })

  const single = await encodeWhole(plan, served.url, folder, { name: 'single' })
  const lossless = { ...presets['mp4-720p'].video, crf: 0, speed: 'ultrafast' } as const
  const mp4 = presets['mp4-720p'].container
  const reference = await encodeWhole({ ...plan, video: lossless, audio: null, container: mp4 }, served.url, folder, {
    name: 'reference',
  })
  const parts = partsOf(plan, source)
  const made: PartOnDisk[] = []
  const waiting = [...parts.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      made[next[0]] = await encodeOne(plan, next[1], served.url, folder)
    }
  }
  await Promise.all([work(), work()])
  const joined = await joinOnDisk(plan, made, folder)
  const packetSamples = plan.audio === null ? 0 : soundFormat(plan.audio).packetSamples
  const seamSamples = source.seams.map((packet) => packet * packetSamples)
  return await compareResults(binaries, { single, joined, reference, seamSamples })
}

const partsOf = (plan: EncodePlan, { seams }: LongSource): PlanPart[] => {
  const [whole] = rangesOf('picture', [plan.frames.body])
  assert.ok(whole !== undefined)
  const picture = cutPicture(plan, whole, PARTS / plan.frames.body, 1)
  return plan.audio === null ? picture : [...picture, ...rangesOf('sound', [...seams, countSoundPackets(plan.audio)])]
}

const shortcomings = (found: Comparison): string[] => [
  ...(found.isTimeEqual ? [] : ['frames or their times differ']),
  ...(found.isSoundLengthEqual ? [] : ['the sound is not as long']),
  ...(found.lags.every((lag) => lag === 0) ? [] : ['the sound is out of step at a seam']),
  ...(Math.abs(found.ssimOfJoined - found.ssimOfSingle) <= MOST_SSIM_LOST ? [] : ['SSIM differs']),
  ...(found.sizeRatio <= MOST_SIZE_RATIO && found.sizeRatio >= 1 / MOST_SIZE_RATIO ? [] : ['the size differs']),
]

const printRow = ({ name }: LongSource, found: Comparison): void => {
  const lags = found.lags.length === 0 ? 'no sound' : `lags ${found.lags.join(' ')}`
  const ssims = `SSIM ${found.ssimOfSingle.toFixed(5)} / ${found.ssimOfJoined.toFixed(5)}`
  const times = found.isTimeEqual ? 'times equal' : 'TIMES DIFFER'
  console.log(
    `${name.padEnd(50)} ${found.frames} frames, ${times}, ${lags}, ${ssims}, size ${found.sizeRatio.toFixed(4)} of the single run's`,
  )
}

process.exitCode = (await main(process.argv[2] ?? '')) ? 0 : 1
