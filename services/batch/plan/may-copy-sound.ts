import { type OptionName, optionNames, type TaskOptions } from '@reelway/shared/options/task-options.ts'
import type { SoundPreset } from '@reelway/shared/presets/schema.ts'
import type { AudioFacts, SourceFacts } from '../probe/source-facts.ts'

/**
 * Whether the sound of a source already is what a preset of sound alone would make of it, so that its packets can be taken as they are:
 * of the same codec in a form that plays everywhere, in as many bits at most as plan-copy.ts allows beside a picture, from the beginning
 * of the source on. Pure.
 */
export const mayCopySound = (
  { container, audio, video }: SourceFacts,
  preset: SoundPreset,
  options: TaskOptions,
): boolean =>
  audio !== null &&
  audio.codec === preset.audio.codec &&
  optionNames.every((name) => leavesPacketsAlone(name, options)) &&
  KEEPS_ITS_FORMAT.has(container) &&
  video?.clockLeaps !== true &&
  Math.abs(audio.startSeconds) <= LATE_SECONDS &&
  preset.audio.sampleRatesHz.some((rate) => rate === audio.sampleRateHz) &&
  (preset.audio.codec === 'flac' || playsEverywhere(audio)) &&
  (audio.bitsPerSecond ?? 0) <= mostBitsPerSecond(preset, audio)

const leavesPacketsAlone = (name: OptionName, options: TaskOptions): boolean =>
  options[name] === undefined ||
  name === 'metadata' ||
  (name === 'quality' && options.quality !== 'smallest' && options.quality !== 'small')

// A broadcast, or a bare stream of AAC, may be another sound from some packet on: no mp4 can say so.
const KEEPS_ITS_FORMAT: ReadonlySet<string> = new Set(['mp4', 'matroska', 'mp3', 'ogg', 'flac'])

// A packet of AAC: with a longer silence at its beginning it would not be in step with its video.
const LATE_SECONDS = 0.025

const playsEverywhere = ({ codec, profile, channels }: AudioFacts): boolean =>
  channels <= 2 && (codec !== 'aac' || profile === 'LC')

const MOST_TIMES_THE_BITS = 2
// LAME's best, which is more than twice the rate that varies around 190 kb/s, is at most this.
const MOST_BITS_OF_MP3 = 320_000

const mostBitsPerSecond = ({ audio }: SoundPreset, { channels }: AudioFacts): number => {
  switch (audio.codec) {
    case 'aac':
    case 'opus':
      return MOST_TIMES_THE_BITS * audio.bitsPerSecondPerChannel.standard * channels
    case 'mp3':
      return MOST_BITS_OF_MP3
    case 'flac':
      return Number.POSITIVE_INFINITY
    default:
      return audio satisfies never
  }
}
