import type { EncodePlan } from './encode-plan.ts'
import type { Chain } from './render-graph.ts'

/**
 * What comes after the picture, from one label to another, when the result is a file of pictures: their colours, and of a still
 * picture the choice. No chain at all for a video.
 */
export const imageTail = (plan: EncodePlan, from: string, to: string): Chain[] => {
  switch (plan.video.codec) {
    case 'gif':
      return withPalette(plan.video, from, to)
    case 'webp':
      // libwebp compares the frames as RGB, and makes of them what it stores.
      return [{ from: [from], filters: [TO_RGB, 'format=bgra'], to: [to] }]
    case 'mjpeg':
      return plan.chosenFrom === null || plan.chosenFrom < 2
        ? [{ from: [from], filters: [TO_RGB, 'format=rgb24', ...AS_JPEG], to: [to] }]
        : chosen(plan.chosenFrom, from, to)
    default:
      return []
  }
}

// Said, not left to the frames: what an untagged source leaves unsaid would be taken for BT.601.
const TO_RGB = 'scale=in_color_matrix=bt709:in_range=tv:out_range=pc'

// What JFIF says that a JPEG is: BT.601 in full range.
const AS_JPEG = ['scale=in_range=pc:out_color_matrix=bt601:out_range=pc', 'format=yuvj420p']

const DITHERS = { none: 'none', ordered: 'bayer:bayer_scale=4', 'error-diffusion': 'sierra2_4a' } as const

/**
 * The palette is known when the last frame has been seen: up to then all of them wait in memory, four bytes a pixel, which the
 * plan has limited (plan/limit-animation.ts).
 */
const withPalette = (
  { colours, dither }: Extract<EncodePlan['video'], { codec: 'gif' }>,
  from: string,
  to: string,
): Chain[] => [
  { from: [from], filters: [TO_RGB, 'format=bgra', 'split'], to: ['seen', 'waiting'] },
  { from: ['seen'], filters: [`palettegen=max_colors=${colours}:stats_mode=full`], to: ['palette'] },
  // What does not move is not dithered anew, so that it is not stored again.
  { from: ['waiting', 'palette'], filters: [`paletteuse=dither=${DITHERS[dither]}:diff_mode=rectangle`], to: [to] },
]

// Levels of luma, 16 is black and 235 white: nine tenths of a black picture are below the first, nine tenths of a white page or
// a flash not below the second. Averages are misled by noise and by one bright lamp.
const DARK_BELOW = 41
const BRIGHT_FROM = 220

/**
 * Of `count` frames, the one whose colours are nearest to what all have on average. Black and white ones do not count, unless
 * there are no others: then it is the one after a third of them. They wait as the film has them, half as large as in RGB, and black and
 * white are found by counting pixels: signalstats takes 20 ms of each frame of 1080 lines for it, with all else that it measures (run).
 */
const chosen = (count: number, from: string, to: string): Chain[] => {
  const third = Math.floor(count / 3)
  return [
    { from: [from], filters: ['split'], to: ['each', 'every'] },
    {
      from: ['each'],
      filters: [
        ...[`blackframe=amount=0:threshold=${DARK_BELOW}`, `${BY_PERCENT_BELOW}:value=90:function=less`],
        // Whole per cents, rounded down: 10 is more than this.
        ...[`blackframe=amount=0:threshold=${BRIGHT_FROM}`, `${BY_PERCENT_BELOW}:value=9.5:function=greater`],
        `thumbnail=n=${count}`,
      ],
      to: ['typical'],
    },
    { from: ['every'], filters: [`trim=start_frame=${third}:end_frame=${third + 1}`], to: ['any'] },
    {
      from: ['typical', 'any'],
      filters: ['concat=n=2:v=1:a=0', 'trim=end_frame=1', TO_RGB, 'format=rgb24', ...AS_JPEG],
      to: [to],
    },
  ]
}

const BY_PERCENT_BELOW = 'metadata=mode=select:key=lavfi.blackframe.pblack'
