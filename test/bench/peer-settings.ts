import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'

/** The encoder of the picture as another system sets it up for the same size, and who that is. */
export type PeerSettings = { name: string; argv: string[] }

/**
 * What PeerTube and immich would have made with the codec of a plan, from their default settings (read in November 2026).
 * PeerTube (ffmpeg-default-transcoding-profile.ts, bitrate.ts) knows H.264 only: no more than its average rate for the size, or
 * 1.3 times that of the source. immich (config.ts, media.ts): "ultrafast" and 23 for whatever codec is chosen, which is cpu-used
 * 5 for VP9 and preset 12 for SVT-AV1.
 */
export const peerSettings = (plan: EncodePlan, sourceBitsPerSecond: number): PeerSettings[] => {
  switch (plan.video.codec) {
    case 'h264':
      return [
        { name: 'PeerTube', argv: peerTube(plan, sourceBitsPerSecond) },
        { name: 'immich', argv: ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '23'] },
      ]
    case 'hevc':
      return [{ name: 'immich', argv: ['-c:v', 'libx265', '-preset', 'ultrafast', '-crf', '23', '-tag:v', 'hvc1'] }]
    case 'vp9':
      return [
        { name: 'immich', argv: ['-c:v', 'libvpx-vp9', '-cpu-used', '5', '-row-mt', '1', '-crf', '23', '-b:v', '0'] },
      ]
    case 'av1':
      return [{ name: 'immich', argv: ['-c:v', 'libsvtav1', '-preset', '12', '-crf', '23'] }]
    default:
      return []
  }
}

/** Bits a pixel that PeerTube allows on average, by the lines of the picture. */
const BITS_PER_PIXEL: readonly (readonly [lines: number, bits: number])[] = [
  [2160, 0.08],
  [1440, 0.09],
  [1080, 0.1],
  [720, 0.11],
  [480, 0.12],
  [360, 0.15],
  [240, 0.17],
  [144, 0.19],
]
const LEAST_BITS_PER_PIXEL = 0.02

const peerTube = ({ canvas, frameRate }: EncodePlan, sourceBitsPerSecond: number): string[] => {
  const rate = frameRate.num / frameRate.den
  const pixelsPerSecond = canvas.width * canvas.height * rate
  const lines = Math.min(canvas.width, canvas.height)
  const [, bits = 0.19] = BITS_PER_PIXEL.find(([least]) => lines >= least) ?? []
  const capped = Math.min(pixelsPerSecond * bits, sourceBitsPerSecond * 1.3)
  const target = Math.floor(Math.max(pixelsPerSecond * LEAST_BITS_PER_PIXEL, capped))
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-maxrate:v', String(target), '-bufsize:v', String(target * 2)],
    ...['-b_strategy', '1', '-bf', '16', '-g:v', String(Math.round(rate * 2))],
  ]
}
