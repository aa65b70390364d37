import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { SourceFacts } from './source-facts.ts'

/** The sound of the result: exactly as long as its picture. Null: the result has none. */
export const planSound = (
  facts: SourceFacts,
  preset: Preset,
  _options: TaskOptions,
  { frames, frameRate }: Pick<EncodePlan, 'frames' | 'frameRate'>,
): EncodePlan['audio'] => {
  if (preset.audio === null) return null
  const { codec, bitsPerSecond, sampleRateHz, withoutSound } = preset.audio
  if (facts.audio === null && withoutSound === 'no-track') return null
  // Rounded at each border from the start, so that what rounding loses never adds up.
  const samplesUpTo = (frame: number) => Math.round((frame * sampleRateHz * frameRate.den) / frameRate.num)
  const bodyStart = samplesUpTo(frames.intro)
  const bodyEnd = samplesUpTo(frames.intro + frames.body)
  const samples = { intro: bodyStart, body: bodyEnd - bodyStart, outro: samplesUpTo(frames.total) - bodyEnd }
  return { from: facts.audio === null ? 'silence' : 'source', codec, bitsPerSecond, sampleRateHz, samples }
}
