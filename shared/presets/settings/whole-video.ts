import { videoOptions } from '../../options/task-options.ts'
import type { Preset } from '../schema.ts'

/** What all presets have in common that convert a whole video, however long: no logo, nothing left out, in parts if need be. */
export const wholeVideo = {
  accepts: [...videoOptions],
  bookends: null,
  maxDurationSeconds: null,
  ladder: null,
  still: null,
  partable: true,
} satisfies Partial<Preset>
