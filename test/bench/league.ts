import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ffmpegArgs } from '@reelway/batch/ffmpeg/args.ts'
import type { Binaries } from '@reelway/batch/ffmpeg/binaries.ts'
import { league } from '@reelway/shared/presets/league.ts'
import { serveFile } from '../support/serve-file.ts'
import { makeVideo } from '../videos/make-video.ts'
import { makeLogoClip, runFirstSystem } from './first-system.ts'
import { planFor } from './plan-for.ts'
import { reportRatio } from './report.ts'
import { makeReference, ssim } from './ssim.ts'
import { timedFfmpeg } from './timed-ffmpeg.ts'

const LOGO = fileURLToPath(new URL('../../services/batch/transcode/logo.png', import.meta.url))
const FRAME_RATE = 60

/** `league` against the first system's two commands, on 30 s of 1080p60 at 8 to 10 Mb/s: time, and likeness to the ideal. */
export const benchLeague = async (binaries: Binaries, directory: string, rounds: number): Promise<void> => {
  const { ffmpeg } = binaries
  const sourcePath = await makeVideo('full-hd')
  const path = (name: string) => join(directory, name)
  await makeLogoClip(ffmpeg, LOGO, FRAME_RATE, path('logo.mp4'))
  await using source = await serveFile(sourcePath)
  const plan = await planFor(binaries, source.url, league)
  const argv = ffmpegArgs(plan, {
    sourceUrl: source.url,
    logoPath: LOGO,
    outputPath: path('league.mp4'),
    threads: 2,
    outputLimitBytes: 2_000_000_000,
  })
  const first = { sourcePath, logoClipPath: path('logo.mp4'), directory, outputPath: path('first.mp4') }
  const pairs: {
    ours: { wallSeconds: number; cpuSeconds: number }
    peer: { wallSeconds: number; cpuSeconds: number }
  }[] = []
  for (let round = 0; round < rounds; round += 1) {
    pairs.push({ ours: await timedFfmpeg(ffmpeg, argv), peer: await runFirstSystem(ffmpeg, first) })
  }
  const by = (figure: 'wallSeconds' | 'cpuSeconds') =>
    pairs.map(({ ours, peer }) => ({ ours: ours[figure], peer: peer[figure] }))
  reportRatio('league / first system, time', by('wallSeconds'), 's', 0.5)
  reportRatio('league / first system, processor time', by('cpuSeconds'), 's')

  await makeReference(ffmpeg, { sourcePath, logoPath: LOGO, path: path('reference.mkv') }, FRAME_RATE)
  const ours = await ssim(ffmpeg, path('league.mp4'), path('reference.mkv'))
  const peer = await ssim(ffmpeg, path('first.mp4'), path('reference.mkv'))
  console.log(
    `league / first system, SSIM: ours ${ours.toFixed(5)}, peer ${peer.toFixed(5)}  ${ours >= peer ? 'meets' : 'MISSES'} no lower`,
  )
}
