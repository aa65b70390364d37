import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ffmpegArgs } from '@reelway/batch/ffmpeg/args.ts'
import type { Binaries } from '@reelway/batch/ffmpeg/binaries.ts'
import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { pictureEncoderArgs } from '@reelway/batch/ffmpeg/picture-encoder-args.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import type { Preset, VideoPreset } from '@reelway/shared/presets/schema.ts'
import { serveFile } from '../support/serve-file.ts'
import { makeVideo } from '../videos/make-video.ts'
import { handArgs } from './hand-args.ts'
import { peerSettings } from './peer-settings.ts'
import { planFor } from './plan-for.ts'
import { reportRatio } from './report.ts'
import { ssimOfScaled } from './ssim.ts'
import { type Timing, timedFfmpeg } from './timed-ffmpeg.ts'

const LOGO = fileURLToPath(new URL('../../services/batch/transcode/logo.png', import.meta.url))
const KINDS = ['noise', 'screen', 'texture', 'dark'] as const
const THREADS = 2

/**
 * Every preset of a whole video (or those that are named), on four kinds of material: time, processor time and peak memory against
 * what somebody would type with the same settings; size and SSIM against what PeerTube and immich would have made.
 */
export const benchPresets = async (
  binaries: Binaries,
  directory: string,
  rounds: number,
  names: readonly string[],
): Promise<void> => {
  const videos = Object.values<Preset>(presets)
    .filter((preset) => preset.video !== null)
    .filter(({ video, bookends }) => 'crf' in video && bookends === null)
  for (const preset of videos.filter(({ name }) => names.length === 0 || names.includes(name))) {
    for (const kind of KINDS) await benchPreset(binaries, directory, rounds, preset, kind)
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
  const ours = ffmpegArgs(plan, {
    ...{ sourceUrl: source.url, logoPath: LOGO, outputPath: path('ours'), threads: THREADS },
    outputLimitBytes: 2_000_000_000,
  })
  const byHand = (encoder: readonly string[], name: string) =>
    handArgs(plan, encoder, { sourcePath, outputPath: path(name), threads: THREADS })
  const same = byHand(pictureEncoderArgs(plan, String(THREADS)), 'hand')

  const pairs: { ours: Timing; peer: Timing }[] = []
  for (let round = 0; round < rounds; round += 1) {
    pairs.push({ ours: await timedFfmpeg(binaries.ffmpeg, ours), peer: await timedFfmpeg(binaries.ffmpeg, same) })
  }
  const by = (figure: keyof Timing) => pairs.map(({ ours, peer }) => ({ ours: ours[figure], peer: peer[figure] }))
  const title = `${preset.name}, ${kind}`
  reportRatio(`${title}: time / by hand`, by('wallSeconds'), 's', 1.1)
  reportRatio(`${title}: processor time / by hand`, by('cpuSeconds'), 's', 1.1)
  reportRatio(`${title}: peak memory / by hand`, by('peakMegabytes'), 'MB', 1.1)

  const own = await looks(binaries, path('ours'), sourcePath, plan)
  for (const { name, argv } of peerSettings(plan, bitsPerSecond(await sizeOf(sourcePath), plan))) {
    const timing = await timedFfmpeg(binaries.ffmpeg, byHand(argv, 'peer'))
    const peer = await looks(binaries, path('peer'), sourcePath, plan)
    const isWorseInBoth = own.sizeBytes > peer.sizeBytes && own.ssim < peer.ssim
    console.log(
      `${`${title} / ${name}`.padEnd(46)} size ${(own.sizeBytes / peer.sizeBytes).toFixed(3)}` +
        `  SSIM ours ${own.ssim.toFixed(4)}, peer ${peer.ssim.toFixed(4)}, peer's processor time ${timing.cpuSeconds.toFixed(2)} s` +
        `  ${isWorseInBoth ? 'MISSES' : 'meets'} not worse in both`,
    )
  }
}

const sizeOf = async (path: string): Promise<number> => (await stat(path)).size

const bitsPerSecond = (sizeBytes: number, { source }: EncodePlan): number => (sizeBytes * 8) / source.endSeconds

const looks = async (binaries: Binaries, path: string, sourcePath: string, { canvas }: EncodePlan) => ({
  sizeBytes: await sizeOf(path),
  ssim: await ssimOfScaled(binaries.ffmpeg, path, sourcePath, canvas),
})
