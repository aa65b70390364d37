import type { PresetResource } from '../../presets/preset-schema.ts'
import type { FileFacts } from '../probe/file-facts.ts'
import type { Choice } from './upload-record.ts'

/** Why a file cannot become what was chosen; something else may do. */
export type ChoiceFault =
  | { readonly kind: 'no-picture' }
  | { readonly kind: 'no-sound' }
  | { readonly kind: 'too-long'; readonly limitSeconds: number }

/**
 * Why a file cannot become what was chosen, as far as that is certain by what it says of itself; undefined: nothing is known that speaks against
 * it. What the service finds out later, it says then.
 */
export const judgeFacts = (
  facts: FileFacts,
  preset: Pick<PresetResource, 'kind' | 'limits'>,
  { options }: Pick<Choice, 'options'>,
): ChoiceFault | undefined => {
  if (preset.kind === 'sound' ? facts.hasSound === false : facts.hasPicture === false) {
    return { kind: preset.kind === 'sound' ? 'no-sound' : 'no-picture' }
  }
  const { sourceSeconds, usedSeconds } = preset.limits
  const used = Math.min(partOf(facts.durationSeconds ?? 0, options.trim), usedSeconds ?? Number.POSITIVE_INFINITY)
  // A picture is one moment of however long a video.
  return preset.kind !== 'picture' && used > sourceSeconds
    ? { kind: 'too-long', limitSeconds: sourceSeconds }
    : undefined
}

const partOf = (durationSeconds: number, trim: Choice['options']['trim']): number => {
  if (trim === undefined) return durationSeconds
  const { startSeconds, endSeconds, durationSeconds: wanted } = trim
  const end = endSeconds ?? (wanted === undefined ? durationSeconds : startSeconds + wanted)
  return Math.max(0, Math.min(end, durationSeconds) - startSeconds)
}
