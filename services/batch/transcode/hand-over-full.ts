import type { Refused } from '../refusal.ts'
import { type HandedOver, handOver, type Stopped } from './hand-over.ts'
import { resultTooLarge } from './result-too-large.ts'

type Full = Stopped & {
  outputLimitBytes: number
  /** Whether what is left can be made by others. */
  mayBeCut: boolean
}

/**
 * What comes of a run whose file has reached the limit of the disk (undefined frames: ffmpeg ended it by itself): what is there is
 * handed over, or refused where the result has to be one. An abort throws the signal's reason.
 */
export const handOverFull = async (
  full: Full,
  run: { framesDone: number; isClosed: boolean } | undefined,
): Promise<HandedOver | Refused> => {
  const { plan, container, outputLimitBytes, encodeSeconds } = full
  if (!full.mayBeCut) return resultTooLarge(outputLimitBytes)
  // A webm would have to be copied where there is no room for two; of several sizes each ended elsewhere.
  if (container === 'webm' || plan.renditions !== null) {
    return { kind: 'handed-over', kept: 0, sizeBytes: 0, encodeSeconds }
  }
  return await handOver(full, run ?? { framesDone: plan.frames.total, isClosed: true })
}
