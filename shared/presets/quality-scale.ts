import type { qualities } from '../options/task-options.ts'
import type { Preset } from './schema.ts'

type Codec = Extract<Preset['video'], { crf: number }>['codec']

/**
 * What a named quality adds to the crf of a preset, by the codec, for each has a scale of its own. On the four clips of
 * settings/h264.ts together, small makes about half of the bytes of standard and smallest a quarter to a third, high half as much
 * again (H.264 twice as much), best 2.0 to 2.4 times as much (H.264, which keeps the noise, 4.1 times).
 */
export const crfOffsets = {
  h264: { smallest: 8, small: 4, standard: 0, high: -3, best: -6 },
  hevc: { smallest: 8, small: 4, standard: 0, high: -3, best: -6 },
  vp9: { smallest: 16, small: 8, standard: 0, high: -6, best: -12 },
  av1: { smallest: 16, small: 8, standard: 0, high: -6, best: -12 },
} as const satisfies Record<Codec, Record<(typeof qualities)[number], number>>
