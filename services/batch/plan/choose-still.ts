import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'

/**
 * How a still picture is found: `moment`, the frame at the time that the task names; `choice`, one of those of a stretch, as the
 * preset has it, of the task's own length if it names one. `moving`: it is no still picture.
 */
export const chooseStill = ({ still }: Preset, { trim }: TaskOptions): 'moving' | 'moment' | 'choice' => {
  if (still === null) return 'moving'
  const isMoment = trim !== undefined && trim.durationSeconds === undefined && trim.endSeconds === undefined
  return isMoment ? 'moment' : 'choice'
}
