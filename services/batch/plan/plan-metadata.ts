import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import type { EncodePlan, PlanTag } from '../ffmpeg/encode-plan.ts'
import { sourceTagNames } from '../ffmpeg/source-tag-names.ts'
import type { SourceFacts } from '../probe/source-facts.ts'

/**
 * What the result says of itself, apart from what it is. strip: nothing. keep: title, dates, make and model of the camera, and
 * the language of the sound, and of sound alone also what music is found by. keep-location: also where it was taken and everything else that is known here, such as who made
 * it, free text, and the local time, which tells a time zone. What is not known here, such as serial numbers of devices, is
 * never kept; nor are chapters, whose times would not fit.
 */
export const planMetadata = (
  { tags, audio }: SourceFacts,
  { metadata = 'strip', mute = false }: TaskOptions,
  of: 'video' | 'sound' = 'video',
): EncodePlan['metadata'] => {
  if (metadata === 'strip') return { tags: [], soundLanguage: null }
  const kept = metadata === 'keep' ? KEPT[of] : KEPT_WITH_LOCATION
  return {
    tags: kept.flatMap((name) => {
      const value = sourceTagNames[name].map((sourceName) => textOf(name, tags[sourceName])).find(isSomething)
      return value === undefined ? [] : [{ name, value }]
    }),
    soundLanguage: mute ? null : (audio?.language ?? null),
  }
}

const OF_VIDEO: readonly PlanTag['name'][] = ['title', 'creationTime', 'date', 'make', 'model']
// What people find their music by.
const OF_SOUND: readonly PlanTag['name'][] = ['artist', 'album', 'albumArtist', 'track', 'genre']

const KEPT = { video: OF_VIDEO, sound: [...OF_VIDEO, ...OF_SOUND] }

const KEPT_WITH_LOCATION: readonly PlanTag['name'][] = [
  ...KEPT.sound,
  ...(['location', 'localTime', 'copyright', 'description', 'comment', 'software'] as const),
]

const MOST_CHARACTERS = 500

const textOf = (name: PlanTag['name'], value: string | undefined): string | undefined => {
  const clean = [...(value ?? '').replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim()].slice(0, MOST_CHARACTERS).join('')
  if (clean === '') return undefined
  if (name === 'creationTime') return utcOf(clean)
  // A date says when, and nothing else.
  if (name === 'date') return /^\d{4}(-\d\d(-\d\d)?)?/.exec(clean)?.[0]
  return clean
}

const isSomething = (value: string | undefined): value is string => value !== undefined

/** Cameras without a clock say 1904 or 1970, where their formats begin to count. */
const FIRST_YEAR = 1971
/** Where the 32 bits of an mp4's time end. */
const LAST_YEAR = 2039

const utcOf = (text: string): string | undefined => {
  const time = new Date(/^\d{4}-\d\d-\d\dT/.test(text) ? text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2') : Number.NaN)
  const year = time.getUTCFullYear()
  return year >= FIRST_YEAR && year <= LAST_YEAR ? time.toISOString() : undefined
}
