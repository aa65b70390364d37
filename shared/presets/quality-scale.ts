import type { qualities } from '../options/task-options.ts'
import type { Preset } from './schema.ts'

type Codec = Extract<Preset['video'], { crf: number }>['codec']

/**
 * What a named quality adds to the crf of a preset, by the codec, for each has a scale of its own. One step down halves the bytes
 * of noisy pictures about; one step up is about half as much again.
 */
export const crfOffsets = {
  h264: { smallest: 10, small: 5, standard: 0, high: -3, best: -6 },
  hevc: { smallest: 10, small: 5, standard: 0, high: -3, best: -6 },
  vp9: { smallest: 20, small: 10, standard: 0, high: -6, best: -12 },
  av1: { smallest: 20, small: 10, standard: 0, high: -6, best: -12 },
} as const satisfies Record<Codec, Record<(typeof qualities)[number], number>>
