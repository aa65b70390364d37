import type { Refused } from '../refusal.ts'

/** The refusal of a result that does not fit on the disk, and cannot be made in parts. */
export const resultTooLarge = (limitBytes: number): Refused => ({
  kind: 'refused',
  code: 'result_too_large',
  parameters: { limitMegabytes: Math.round(limitBytes / 1_000_000) },
})
