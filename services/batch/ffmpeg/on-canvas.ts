import { placeOf } from '@reelway/shared/options/place-of.ts'
import type { EncodePlan } from './encode-plan.ts'
import type { Chain } from './render-graph.ts'
import { rate } from './source-frames.ts'

/** Sets a picture, which `picture` ends with, onto the canvas of the plan; `to` has every pixel of it. */
export const onCanvas = (plan: EncodePlan, picture: Chain, to: string): Chain[] => {
  const { canvas, background, video } = plan
  const shown = { ...picture, filters: [...picture.filters, `format=${video.pixelFormat}`] }
  if (plan.picture.width === canvas.width && plan.picture.height === canvas.height) return [{ ...shown, to: [to] }]
  const { x, y } = position(plan)
  if (BLACK.test(background)) {
    const pad = `pad=${canvas.width}:${canvas.height}:${x}:${y}:color=black`
    return [{ ...shown, filters: [...shown.filters, pad], to: [to] }]
  }
  const label = (name: string) => `${to}-${name}`
  return [
    ...(background === 'blur'
      ? [
          { ...shown, filters: [...shown.filters, 'split'], to: [label('front'), label('copy')] },
          { from: [label('copy')], filters: blurred(plan), to: [label('background')] },
        ]
      : [
          { ...shown, to: [label('front')] },
          { filters: coloured(plan, background), to: [label('background')] },
        ]),
    {
      from: [label('background'), label('front')],
      filters: [
        `overlay=x=${x}:y=${y}:shortest=1:format=${OVERLAY_FORMATS[video.pixelFormat]}`,
        `format=${video.pixelFormat}`,
      ],
      to: [to],
    },
  ]
}

// The colour of the logo's background and of an old television: pad is the cheapest way to get it.
const BLACK = /^#0{6}$/

// The names that overlay has for formats are its own.
const OVERLAY_FORMATS = { yuv420p: 'yuv420', yuv444p: 'yuv444' } as const satisfies Record<
  EncodePlan['video']['pixelFormat'],
  string
>

/** Even, for the colour has half the size. */
const position = ({ canvas, picture, align }: EncodePlan): { x: number; y: number } => {
  const { across, down } = placeOf(align)
  return { x: evenShare(canvas.width - picture.width, across), y: evenShare(canvas.height - picture.height, down) }
}

const evenShare = (room: number, share: number): number => 2 * Math.floor((room * share) / 2)

/**
 * One frame of a colour, repeated: pad would take it for a colour of BT.601. Said as RGB, and only then converted, so that it is
 * the one that was asked for.
 */
const coloured = (plan: EncodePlan, background: string): string[] => [
  `color=c=0x${background.slice(1)}:size=${plan.canvas.width}x${plan.canvas.height}:rate=${rate(plan)}`,
  'format=gbrp',
  'scale=out_color_matrix=bt709:out_range=tv',
  `format=${plan.video.pixelFormat}`,
  'setsar=1',
  'loop=loop=-1:size=1',
]

// A blur of a picture that has first been made this much smaller costs next to nothing, and is as wide.
const BLUR_SHRINK = 8
const BLUR_SIGMA = 5

/** The middle of the picture, enlarged until it fills the canvas, and blurred. */
const blurred = ({ canvas, picture, video }: EncodePlan): string[] => {
  const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height)
  const width = evenAtLeast(canvas.width / scale, 2)
  const height = evenAtLeast(canvas.height / scale, 2)
  return [
    `crop=w=${width}:h=${height}`,
    `scale=w=${evenAtLeast(canvas.width / BLUR_SHRINK, 16)}:h=${evenAtLeast(canvas.height / BLUR_SHRINK, 16)}`,
    `gblur=sigma=${BLUR_SIGMA}`,
    `scale=w=${canvas.width}:h=${canvas.height}`,
    'setsar=1',
    `format=${video.pixelFormat}`,
  ]
}

const evenAtLeast = (length: number, least: number): number => Math.max(least, 2 * Math.floor(length / 2))
