import { stat } from 'node:fs/promises'
import { renditionPath } from '../ffmpeg/rendition-args.ts'
import { type HandedOver, handOver, type Stopped } from './hand-over.ts'
import type { Refused } from './refusal.ts'
import type { Rejected } from './verify.ts'

type Full = Stopped & {
  outputLimitBytes: number
  /** Whether what is left can be made by others. */
  mayBeCut: boolean
  /** Compares the file with what was planned. */
  verify: () => Promise<Rejected | { kind: string }>
}

/**
 * What comes of a run that ffmpeg ended well, but early, because its file had reached the limit: what is there is handed over, or
 * refused where the result has to be one. Undefined: that was not so. An abort throws the signal's reason.
 */
export const handOverFull = async (full: Full): Promise<HandedOver | Refused | undefined> => {
  const { plan, container, outputLimitBytes, encodeSeconds } = full
  if (!(await isFull(full)) || (await full.verify()).kind !== 'rejected') return undefined
  if (!full.mayBeCut) {
    const limitMegabytes = Math.round(outputLimitBytes / 1_000_000)
    return { kind: 'refused', code: 'result_too_large', parameters: { limitMegabytes } }
  }
  // A webm would have to be copied where there is no room for two; of several sizes each ended elsewhere.
  if (container === 'webm' || plan.renditions !== null) {
    return { kind: 'handed-over', kept: 0, sizeBytes: 0, encodeSeconds }
  }
  return await handOver(full, { framesDone: plan.frames.total, isClosed: true })
}

const isFull = async ({ plan, outputPath, outputLimitBytes }: Full): Promise<boolean> => {
  const paths = plan.renditions?.map((_, index) => renditionPath(outputPath, index)) ?? [outputPath]
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size))
  return sizes.some((size) => size >= outputLimitBytes)
}
