import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from '@reelway/batch/ffmpeg/binaries.ts'
import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { pictureEncoderArgs } from '@reelway/batch/ffmpeg/picture-encoder-args.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import type { Preset, VideoPreset } from '@reelway/shared/presets/schema.ts'
import { mp4 } from '@reelway/shared/presets/settings/containers.ts'
import { serveFile } from '../support/serve-file.ts'
import { makeVideo } from '../videos/make-video.ts'
import { handArgs } from './hand-args.ts'
import { handStreamArgs } from './hand-stream-args.ts'
import { ourPictures, ourRuns } from './our-runs.ts'
import { peerSettings } from './peer-settings.ts'
import { planFor } from './plan-for.ts'
import { reportPairs } from './report-pairs.ts'
import { benchSoundPreset } from './sound-presets.ts'
import { ssimOfScaled } from './ssim.ts'
import { sumOf, type Timing, timedFfmpeg } from './timed-ffmpeg.ts'

const KINDS = ['noise', 'screen', 'texture', 'dark'] as const
const THREADS = 2

type Picture = { path: string; width: number; height: number }

/**
 * Every preset (or those that are named) but league, which has a benchmark of its own; those with a picture on four kinds of material:
 * time, processor time and peak memory against what somebody would type with the same settings; of videos also size and SSIM against
 * what PeerTube and immich would have made.
 */
export const benchPresets = async (
  binaries: Binaries,
  directory: string,
  rounds: number,
  names: readonly string[],
): Promise<void> => {
  for (const preset of Object.values<Preset>(presets)) {
    if (names.length > 0 ? !names.includes(preset.name) : preset.bookends !== null) continue
    if (preset.video === null) await benchSoundPreset(binaries, directory, rounds, preset)
    else for (const kind of KINDS) await benchPreset(binaries, directory, rounds, preset, kind)
  }
}

const benchPreset = async (
  binaries: Binaries,
  directory: string,
  rounds: number,
  preset: VideoPreset,
  kind: (typeof KINDS)[number],
): Promise<void> => {
  const isLarge = preset.canvas.kind === 'bounded' && preset.canvas.maxShortSide > 1080
  const sourcePath = await makeVideo(isLarge ? `bench-${kind}-2160` : `bench-${kind}-1080`)
  await using source = await serveFile(sourcePath)
  const plan = await planFor(binaries, source.url, preset)
  const path = (name: string) => join(directory, `${name}.${preset.container.extension}`)
  const runs = ourRuns(plan, { sourceUrl: source.url, outputPath: path('ours'), threads: THREADS })
  const encoder = pictureEncoderArgs(plan, String(THREADS))
  const stream = join(directory, 'stream')
  await mkdir(stream, { recursive: true })
  const byHand =
    plan.renditions === null
      ? handArgs(plan, encoder, { sourcePath, outputPath: path('hand'), threads: THREADS })
      : handStreamArgs(plan, plan.renditions, encoder, { sourcePath, outputPath: stream, threads: THREADS })

  const pairs: { ours: Timing; peer: Timing }[] = []
  for (let round = 0; round < rounds; round += 1) {
    pairs.push({ ours: await timed(binaries, runs), peer: await timedFfmpeg(binaries.ffmpeg, byHand) })
  }
  const title = `${preset.name}, ${kind}`
  reportPairs(title, pairs)

  const peers = peerSettings(plan, bitsPerSecond((await stat(sourcePath)).size, plan))
  if (peers.length === 0) return
  const own = await looks(binaries, ourPictures(plan, path('ours')), sourcePath)
  // Of a stream each size is a file of its own with them; immich makes none.
  for (const { name } of plan.renditions === null ? peers : peers.filter((peer) => peer.name === 'PeerTube')) {
    const pictures = ourPictures(plan, path('peer'))
    const argv = await Promise.all(pictures.map((picture) => peerArgs(plan, name, picture, sourcePath)))
    const { cpuSeconds } = await timed(binaries, argv)
    report(`${title} / ${name}`, own, await looks(binaries, pictures, sourcePath), cpuSeconds)
  }
}

const peerArgs = async (plan: EncodePlan, name: string, picture: Picture, sourcePath: string): Promise<string[]> => {
  const { path, width, height } = picture
  const file = plan.renditions === null ? plan : { ...plan, container: mp4 }
  const sized = { ...file, canvas: { width, height } }
  const settings = peerSettings(sized, bitsPerSecond((await stat(sourcePath)).size, plan))
  const argv = settings.find((peer) => peer.name === name)?.argv ?? []
  return handArgs(sized, argv, { sourcePath, outputPath: path, threads: THREADS })
}

const timed = async ({ ffmpeg }: Binaries, runs: readonly (readonly string[])[]): Promise<Timing> => {
  const timings: Timing[] = []
  for (const argv of runs) timings.push(await timedFfmpeg(ffmpeg, argv))
  return sumOf(timings)
}

const bitsPerSecond = (sizeBytes: number, { source }: EncodePlan): number => (sizeBytes * 8) / source.endSeconds

type Looks = { sizeBytes: number; ssim: number }

/** The bytes of some files together, and their average likeness to the source. */
const looks = async (binaries: Binaries, pictures: readonly Picture[], sourcePath: string): Promise<Looks> => {
  let sizeBytes = 0
  let sum = 0
  for (const { path, width, height } of pictures) {
    sizeBytes += (await stat(path)).size
    sum += await ssimOfScaled(binaries.ffmpeg, path, sourcePath, { width, height })
  }
  return { sizeBytes, ssim: sum / pictures.length }
}

const report = (title: string, own: Looks, peer: Looks, peerCpuSeconds: number): void => {
  const isWorseInBoth = own.sizeBytes > peer.sizeBytes && own.ssim < peer.ssim
  console.log(
    `${title.padEnd(46)} size ${(own.sizeBytes / peer.sizeBytes).toFixed(3)}` +
      `  SSIM ours ${own.ssim.toFixed(4)}, peer ${peer.ssim.toFixed(4)}, peer's processor time ${peerCpuSeconds.toFixed(2)} s` +
      `  ${isWorseInBoth ? 'MISSES' : 'meets'} not worse in both`,
  )
}
