import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { audioArgs } from '@reelway/batch/ffmpeg/output-args.ts'

export type HandFiles = { sourcePath: string; outputPath: string; threads: number }

/** What somebody types to make the result of a plan out of a file: scale, encode, and nothing else. */
export const handArgs = (
  plan: EncodePlan,
  encoder: readonly string[],
  { sourcePath, outputPath, threads }: HandFiles,
): string[] => [
  ...readByHand({ sourcePath, threads }),
  ...pictureByHand(plan),
  ...[...encoder, '-threads', String(threads)],
  ...(plan.audio === null ? ['-an'] : audioArgs(plan.audio)),
  ...containerByHand(plan),
  outputPath,
]

export const readByHand = ({ sourcePath, threads }: Omit<HandFiles, 'outputPath'>): string[] => [
  ...['-nostdin', '-y', '-hide_banner', '-v', 'warning', '-nostats', '-threads', String(threads), '-i', sourcePath],
]

const pictureByHand = ({ canvas, frameRate, video, chosenFrom }: EncodePlan): string[] => {
  const scale = `scale=${canvas.width}:${canvas.height}`
  const rate = `fps=${frameRate.num}/${frameRate.den}`
  switch (video.codec) {
    case 'gif':
      return ['-vf', `${rate},${scale},split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=bayer:bayer_scale=4`]
    case 'webp':
      return ['-vf', `${rate},${scale}`]
    case 'mjpeg':
      return ['-vf', `${rate},${scale},thumbnail=n=${chosenFrom ?? 1}`, '-frames:v', '1']
    default:
      return ['-vf', scale, '-pix_fmt', 'yuv420p']
  }
}

const containerByHand = ({ container }: EncodePlan): string[] => {
  switch (container.format) {
    case 'mp4':
      return ['-movflags', '+faststart', '-f', 'mp4']
    case 'jpeg':
      return ['-update', '1', '-f', 'image2']
    case 'gif':
    case 'webp':
      return ['-loop', '0', '-f', container.format]
    default:
      return ['-f', container.format]
  }
}
