import type { EncodePlan, PlanPart } from '../ffmpeg/encode-plan.ts'
import { partSound } from '../ffmpeg/part-sound.ts'
import type { SourceRecord } from '../ffmpeg/source-record.ts'

/**
 * How far a part is, from 0 to 1, never less than before: a picture by the frames that are encoded, sound, of which ffmpeg
 * counts none, by how much of the source was read.
 */
export const partProgress = (plan: EncodePlan, part: PlanPart) => {
  let most = 0
  const rise = (fraction: number) => {
    most = Math.max(most, Math.min(1, fraction))
    return most
  }
  const { startSeconds, endSeconds } = soundSeconds(plan, part)
  return {
    ofFrames: (framesDone: number): number =>
      part.stream === 'picture' ? rise(framesDone / (part.end - part.start)) : most,
    ofSource: ([stream]: SourceRecord): number =>
      part.stream === 'sound' && stream !== undefined
        ? rise((stream.endSeconds - startSeconds) / (endSeconds - startSeconds))
        : most,
  }
}

const soundSeconds = (plan: EncodePlan, part: PlanPart) => {
  const heard = plan.audio === null || part.stream === 'picture' ? null : partSound(plan, plan.audio, part).heard
  const { fromSeconds } = plan.source
  return { startSeconds: fromSeconds + (heard?.fromSeconds ?? 0), endSeconds: fromSeconds + (heard?.toSeconds ?? 1) }
}
