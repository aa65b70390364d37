import type { EncodePlan } from './encode-plan.ts'
import { tagsOf } from './tags-of.ts'

type Saying = { metadata: EncodePlan['metadata']; container: { format: string }; audio: object | null }

/** What a result says of itself: what the plan has, and nothing that is in the source. Each value is an argument of its own. */
export const metadataArgs = (plan: Saying): string[] => [
  // Where a video was taken, and by whom, is nobody else's business, unless its owner wants it to be kept.
  ...['-map_metadata', '-1'],
  ...['-map_chapters', '-1'],
  ...tagsOf(plan).flatMap(([name, value]) => ['-metadata', `${name}=${value}`]),
  ...(plan.metadata.soundLanguage === null || plan.audio === null
    ? []
    : ['-metadata:s:a:0', `language=${plan.metadata.soundLanguage}`]),
]
