import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { audioArgs } from '@reelway/batch/ffmpeg/output-args.ts'

/** What somebody types to make the result of a plan out of a file: scale, encode, and nothing else. */
export const handArgs = (
  plan: EncodePlan,
  encoder: readonly string[],
  { sourcePath, outputPath, threads }: { sourcePath: string; outputPath: string; threads: number },
): string[] => [
  ...['-nostdin', '-y', '-hide_banner', '-v', 'warning', '-nostats', '-threads', String(threads), '-i', sourcePath],
  ...['-vf', `scale=${plan.canvas.width}:${plan.canvas.height}`, '-pix_fmt', 'yuv420p'],
  ...[...encoder, '-threads', String(threads)],
  ...(plan.audio === null ? ['-an'] : audioArgs(plan.audio)),
  ...(plan.container.format === 'mp4' ? ['-movflags', '+faststart'] : []),
  ...['-f', plan.container.format, outputPath],
]
