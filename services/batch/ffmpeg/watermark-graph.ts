import type { EncodePlan } from './encode-plan.ts'
import type { Chain } from './render-graph.ts'

/**
 * Puts the watermark of a plan, from an input, on a picture that is on the canvas. It does not depend on the time, so that parts have
 * the pixels of the whole.
 */
export const watermarked = (
  { watermark, video }: EncodePlan,
  { picture, from, to }: { picture: string; from: string; to: string },
): Chain[] => {
  if (watermark === null) throw new Error('a plan without a watermark was to be given one')
  const { width, height, x, y, opacity } = watermark
  return [
    {
      from: [from],
      filters: [
        // Pictures one after the other in a file would be a video.
        'trim=end_frame=1',
        'format=gbrap',
        // Scaled with the colour of what is transparent left out, or it would shine through at the edges.
        'premultiply=inplace=1',
        `scale=${width}:${height}`,
        'unpremultiply=inplace=1',
        `scale=out_color_matrix=bt709:out_range=tv`,
        `format=${OVERLAID[video.pixelFormat].mark}`,
        opacity === 1 ? null : `lut=c3=val*${opacity}`,
      ],
      to: ['watermark'],
    },
    {
      from: [picture, 'watermark'],
      filters: [`overlay=x=${x}:y=${y}:format=${OVERLAID[video.pixelFormat].overlay}`, `format=${video.pixelFormat}`],
      to: [to],
    },
  ]
}

// The names that overlay has for formats are its own.
const OVERLAID = {
  yuv420p: { mark: 'yuva420p', overlay: 'yuv420' },
  yuv444p: { mark: 'yuva444p', overlay: 'yuv444' },
} as const satisfies Record<EncodePlan['video']['pixelFormat'], { mark: string; overlay: string }>
