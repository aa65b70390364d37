import { fileURLToPath } from 'node:url'
import { ffmpegArgs } from '@reelway/batch/ffmpeg/args.ts'
import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { partArgs } from '@reelway/batch/ffmpeg/part-args.ts'
import { renditionPath } from '@reelway/batch/ffmpeg/rendition-args.ts'

const LOGO = fileURLToPath(new URL('../../services/batch/transcode/logo.png', import.meta.url))

/** The argv of each run that batch makes for a plan of one piece: one, or of a stream its picture and its sound. */
export const ourRuns = (
  plan: EncodePlan,
  { sourceUrl, outputPath, threads }: { sourceUrl: string; outputPath: string; threads: number },
): string[][] => {
  const files = { sourceUrl, logoPath: LOGO, threads, outputLimitBytes: 2_000_000_000 }
  if (plan.renditions === null) return [ffmpegArgs(plan, { ...files, outputPath })]
  return plan.parts.map((part) => partArgs(plan, part, null, { ...files, outputPath: `${outputPath}.${part.stream}` }))
}

/** The pictures that these runs leave, and how large each is in pixels. */
export const ourPictures = (
  { canvas, renditions }: EncodePlan,
  outputPath: string,
): { path: string; width: number; height: number }[] =>
  renditions === null
    ? [{ path: outputPath, ...canvas }]
    : renditions.map(({ width, height }, index) => ({
        path: renditionPath(`${outputPath}.picture`, index),
        ...{ width, height },
      }))
