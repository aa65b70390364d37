import { z } from 'zod'
import { MAX_PIXELS } from '../ffmpeg/hardening.ts'
import { outcomeOfExit } from '../ffmpeg/outcome-of-exit.ts'
import { pictureProbeArgs } from '../ffmpeg/probe-args.ts'
import { runFfprobe } from '../ffmpeg/run-ffprobe.ts'
import type { Failed, Refused } from '../refusal.ts'
import type { PictureFacts } from './asset-facts.ts'
import { type AssetRequest, assetUnusable } from './asset-unusable.ts'

const report = z.object({
  frames: z
    .array(
      z.object({
        width: z.int().positive(),
        height: z.int().positive(),
        pix_fmt: z.string(),
        side_data_list: z.array(z.object({ rotation: z.number().optional() })).default([]),
      }),
    )
    .default([]),
})

/**
 * Decodes a picture of the user's to learn its size and whether parts of it may be transparent. `no-picture`: it is of none of the
 * formats of pictures.
 */
export const probePicture = async ({
  binaries,
  option,
  url,
  signal,
}: AssetRequest): Promise<{ kind: 'probed'; facts: PictureFacts } | { kind: 'no-picture' } | Refused | Failed> => {
  const result = await runFfprobe(binaries.ffprobe, pictureProbeArgs(url), signal)
  if (result.kind === 'timed-out')
    return { kind: 'failed', code: 'source_unreachable', detail: 'ffprobe took too long' }
  if (result.kind === 'too-much-output') return { kind: 'no-picture' }
  const said = { exitCode: 0, signalName: null, stderrTail: result.stderrTail }
  const outcome = outcomeOfExit(result.kind === 'failed' ? result : said, 'not_a_video')
  if (outcome.code === 'picture_too_large') {
    return assetUnusable(option, `it has more than ${MAX_PIXELS} pixels`)
  }
  if (result.kind === 'failed') return outcome.kind === 'failed' ? outcome : { kind: 'no-picture' }
  const { frames } = report.parse(JSON.parse(result.stdout))
  const [frame] = frames
  if (frame === undefined) return assetUnusable(option, 'it cannot be decoded, or is animated')
  const { width, height, pix_fmt, side_data_list } = frame
  const isTurned = side_data_list.some(({ rotation = 0 }) => Math.abs(rotation) % 180 === 90)
  return {
    kind: 'probed',
    facts: {
      kind: 'picture',
      ...(isTurned ? { width: height, height: width } : { width, height }),
      hasAlpha: WITH_ALPHA.test(pix_fmt),
    },
  }
}

// ffmpeg's names of what PNG and WebP are decoded to: a palette may hold transparent colours.
const WITH_ALPHA = /^(rgba|argb|bgra|abgr|ya|yuva|gbrap|pal8)/
