import type { ErrorCode } from '../errors/catalogue.ts'
import type { Preset } from '../presets/schema.ts'
import type { SourceSummary } from '../source-summary.ts'
import type { TaskOptions } from './task-options.ts'
import { cropFault } from './turn-and-crop.ts'

type Unsuited = { code: ErrorCode; parameters: Record<string, string | number> }

/**
 * Why a preset with its options certainly cannot be made of a source, by what its owner was told of that; undefined when nothing is known
 * against it. The plan, which knows more, has the last word.
 */
export const unsuitedSource = (preset: Preset, options: TaskOptions, source: SourceSummary): Unsuited | undefined => {
  if (preset.video !== null && source.videoCodec === null) return { code: 'no_picture', parameters: {} }
  if (preset.video === null && source.audioCodec === null) return { code: 'no_sound', parameters: {} }
  const { trim } = options
  const { durationSeconds, width, height } = source
  if (trim !== undefined && trim.startSeconds > 0 && trim.startSeconds >= durationSeconds) {
    return { code: 'trim_outside_video', parameters: { startSeconds: trim.startSeconds, durationSeconds } }
  }
  return width === null || height === null ? undefined : cropFault({ width, height }, options)
}
