import { createHash } from 'node:crypto'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'

/**
 * Names what the parts of a plan are made of: this generation of the source, everything that the plan decides but how it is cut,
 * and the encoder. Parts under the same name can be joined, whichever attempt made them.
 */
export const planKey = (sourceGeneration: string, plan: EncodePlan, encoder: string): string => {
  const { parts: _, estimateSeconds: __, ...decided } = plan
  return createHash('sha256')
    .update(JSON.stringify([sourceGeneration, decided, encoder]))
    .digest('hex')
}
