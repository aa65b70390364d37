import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import { tagsOf } from '../ffmpeg/tags-of.ts'
import type { Description } from './description.ts'

/** What a plan has its result say of itself. */
export const descriptionOf = (plan: EncodePlan): Description => {
  const creationTime = plan.metadata.tags.find(({ name }) => name === 'creationTime')?.value
  return {
    tags: tagsOf(plan),
    creationTime: creationTime === undefined ? null : new Date(creationTime),
    soundLanguage: plan.audio === null ? null : plan.metadata.soundLanguage,
  }
}
