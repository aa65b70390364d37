import type { EncodePlan } from './encode-plan.ts'

/** How the packets of a source become a result as they are. */
export type CopyPlan = {
  container: EncodePlan['container']
  videoIndex: number
  videoCodec: string
  width: number
  height: number
  /** copied, made as the plan of the encode has it, or not there */
  sound: { kind: 'copied'; index: number; codec: string } | { kind: 'encoded' } | { kind: 'none' }
  /** The key frame at or before this time is the first frame; null: the beginning of the source. */
  fromSeconds: number | null
  /** Seconds from the source's start. */
  endSeconds: number
  /** Whether its owner wants to keep whatever its picture holds beside the picture, such as where it was taken. */
  mayTellAll: boolean
  /** About as large will the result be. */
  sizeBytes: number
}
