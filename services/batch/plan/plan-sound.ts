import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import type { Bookend, EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { SourceFacts } from '../probe/source-facts.ts'

/** The sound of the result: exactly as long as its picture. Null: the result has none. */
export const planSound = (
  facts: SourceFacts,
  preset: VideoPreset,
  { mute = false }: TaskOptions,
  { frames, frameRate, bookends }: Pick<EncodePlan, 'frames' | 'frameRate' | 'bookends'>,
): EncodePlan['audio'] => {
  // Also where a preset makes silence of a source without sound: who asks for a video without sound wants no track of it.
  if (preset.audio === null || mute) return null
  const { codec, bitsPerSecond, sampleRateHz, withoutSound } = preset.audio
  const isHeard = facts.audio !== null || isClipHeard(bookends.intro) || isClipHeard(bookends.outro)
  if (!isHeard && withoutSound === 'no-track') return null
  // Rounded at each border from the start, so that what rounding loses never adds up.
  const samplesUpTo = (frame: number) => Math.round((frame * sampleRateHz * frameRate.den) / frameRate.num)
  const bodyStart = samplesUpTo(frames.intro)
  const bodyEnd = samplesUpTo(frames.intro + frames.body)
  const samples = { intro: bodyStart, body: bodyEnd - bodyStart, outro: samplesUpTo(frames.total) - bodyEnd }
  return { from: facts.audio === null ? 'silence' : 'source', codec, bitsPerSecond, sampleRateHz, gainDb: 0, samples }
}

const isClipHeard = (bookend: Bookend | null): boolean => bookend?.kind === 'clip' && bookend.source.audioIndex !== null
