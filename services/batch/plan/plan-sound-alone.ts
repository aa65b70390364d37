import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import { LONGEST_SOURCE_SECONDS } from '@reelway/shared/presets/longest-source.ts'
import type { SoundPreset } from '@reelway/shared/presets/schema.ts'
import type { SoundPlan } from '../ffmpeg/sound-plan.ts'
import type { AudioFacts, SourceFacts } from '../probe/source-facts.ts'
import type { Refused } from '../refusal.ts'
import { estimateLosslessBytes } from './estimate-lossless.ts'
import { estimateReadingSeconds } from './estimate-reading.ts'
import type { PlanLimits } from './plan.ts'
import { planMetadata } from './plan-metadata.ts'

type Limits = Pick<PlanLimits, 'sourceBytes'> & {
  /** The most that the result may take of the disk. */
  outputLimitBytes: number
  /** What cannot be cut may be expected to take so long: what sound costs hardly depends on what it sounds like. */
  soundBudgetSeconds: number
}

/** Decides everything about one conversion to sound alone: pure, as planTranscode is for results with a picture. */
export const planSoundAlone = (
  facts: SourceFacts,
  preset: SoundPreset,
  options: TaskOptions,
  limits: Limits,
): { kind: 'planned'; plan: SoundPlan } | Refused => {
  const { audio, video } = facts
  if (audio === null) return { kind: 'refused', code: 'no_sound', parameters: {} }
  const stretch = stretchOf(audio, options)
  if (stretch.kind === 'refused') return stretch
  const { fromSeconds, endSeconds, readSeconds } = stretch
  const usedSeconds = endSeconds - fromSeconds
  if (usedSeconds > LONGEST_SOURCE_SECONDS) {
    const parameters = { durationSeconds: Math.ceil(usedSeconds), limitSeconds: LONGEST_SOURCE_SECONDS }
    return { kind: 'refused', code: 'duration_too_long', parameters }
  }
  if (isSurelyTooLarge(facts, audio, preset, options, limits)) {
    const parameters = { limitMegabytes: Math.round(limits.outputLimitBytes / 1_000_000) }
    return { kind: 'refused', code: 'result_too_large', parameters }
  }
  const enteredSeconds = enteredAt(facts, fromSeconds)
  // One core, however many there are.
  const estimateSeconds = (endSeconds - enteredSeconds) * preset.cost.secondsPerSecond
  // Not corrected by what conversions took: of large files that is the reading, and it would be taken for the cost of their sound.
  const readingSeconds = estimateReadingSeconds({ ...limits, ...facts }, readSeconds, enteredSeconds)
  const expectedSeconds = Math.max(estimateSeconds, readingSeconds)
  if (expectedSeconds > limits.soundBudgetSeconds) {
    const parameters = { estimateSeconds: Math.ceil(expectedSeconds), limitSeconds: limits.soundBudgetSeconds }
    return { kind: 'refused', code: 'video_too_long', parameters }
  }
  const sampleRateHz = atLeast(preset.audio.sampleRatesHz, audio.sampleRateHz)
  const layouts = preset.audio.layouts.map((layout) => ({ layout, channels: CHANNELS[layout] }))
  const channels = atLeast(
    layouts.map((layout) => layout.channels),
    audio.channels,
  )
  return {
    kind: 'planned',
    plan: {
      presetName: preset.name,
      container: preset.container,
      source: {
        container: facts.container,
        audioIndex: audio.index,
        audioChannels: audio.channels,
        videoIndex: video?.index ?? null,
        startSeconds: audio.startSeconds,
        fromSeconds,
        enteredSeconds,
        sampleRateHz: audio.sampleRateHz,
        endSeconds,
        endKnownFrom: audio.endKnownFrom,
        readSeconds,
      },
      encoder: encoderOf(preset, options, channels, audio),
      sampleRateHz,
      layout: layouts.find((layout) => layout.channels === channels)?.layout ?? 'stereo',
      samples: Math.max(1, Math.round(usedSeconds * sampleRateHz)),
      gainDb: 0,
      coverIndex: HAS_COVERS.has(preset.container.format) ? coverOf(facts, options) : null,
      metadata: planMetadata(facts, options, 'sound'),
      estimateSeconds,
    },
  }
}

/** Only of all of a sound: which stretch of it is the silent one is not known before. */
const isSurelyTooLarge = (
  facts: SourceFacts,
  audio: AudioFacts,
  preset: SoundPreset,
  { trim }: TaskOptions,
  { sourceBytes, outputLimitBytes }: Limits,
): boolean =>
  preset.audio.codec === 'flac' &&
  trim === undefined &&
  preset.audio.sampleRatesHz.includes(audio.sampleRateHz) &&
  (estimateLosslessBytes(facts, audio, sourceBytes) ?? 0) > outputLimitBytes

// A packet more than is used, and what containers round.
const READ_AHEAD_SECONDS = 1

/** What a task asks for of the sound, to the sample: there are no frames that it would have to begin with. */
const stretchOf = (audio: AudioFacts, { trim }: TaskOptions) => {
  const fromSeconds = trim?.startSeconds ?? 0
  if (fromSeconds > 0 && fromSeconds >= audio.endSeconds) {
    const parameters = { startSeconds: fromSeconds, durationSeconds: Math.floor(audio.endSeconds * 1000) / 1000 }
    return { kind: 'refused', code: 'trim_outside_video', parameters } satisfies Refused
  }
  const asked = trim?.endSeconds ?? (trim?.durationSeconds === undefined ? null : fromSeconds + trim.durationSeconds)
  const endSeconds = Math.min(asked ?? audio.endSeconds, audio.endSeconds)
  const readSeconds = asked === null ? null : endSeconds + READ_AHEAD_SECONDS
  return { kind: 'stretch' as const, fromSeconds, endSeconds, readSeconds }
}

// Those that find a time by an index, by their clock, or by counting bytes (run: the same samples as from the beginning). MP3, bare AAC and
// AMR know it only when they are read from their beginning.
const ENTERED: ReadonlySet<string> = new Set(['mp4', 'matroska', 'flac', 'ogg', 'wav', 'aiff', 'mpegts'])

/** The whole second a second and more before what is used, where the resampler begins: so it has heard what comes before. */
const enteredAt = ({ container, video }: SourceFacts, fromSeconds: number): number =>
  ENTERED.has(container) && video?.clockLeaps !== true ? Math.max(0, Math.floor(fromSeconds) - 1) : 0

// In an Ogg it would be text among its tags, a third longer, of which an argument holds 90 kB.
const HAS_COVERS: ReadonlySet<string> = new Set(['m4a', 'mp3', 'flac'])

/** A cover tells what a sound is, as its title does: it is kept when that is. */
const coverOf = ({ coverIndex }: SourceFacts, { metadata = 'strip' }: TaskOptions): number | null =>
  metadata === 'strip' ? null : coverIndex

const CHANNELS = { mono: 1, stereo: 2, '5.1': 6, '7.1': 8 } as const

/** The first of some rising numbers that is no less than `wanted`, else the last. */
const atLeast = (choices: readonly number[], wanted: number): number =>
  choices.find((choice) => choice >= wanted) ?? choices.at(-1) ?? wanted

const encoderOf = (
  { audio }: SoundPreset,
  { quality = 'standard' }: TaskOptions,
  channels: number,
  { bitsPerSample }: AudioFacts,
): SoundPlan['encoder'] => {
  switch (audio.codec) {
    case 'aac':
    case 'opus':
      return { codec: audio.codec, bitsPerSecond: audio.bitsPerSecondPerChannel[quality] * channels }
    case 'mp3':
      return { codec: 'mp3', variableRate: audio.variableRate[quality] }
    case 'flac':
      // What was compressed with loss has no bits that more than 16 would keep.
      return {
        codec: 'flac',
        compressionLevel: audio.compressionLevel,
        bitsPerSample: (bitsPerSample ?? 0) > 16 ? 24 : 16,
      }
    default:
      return audio satisfies never
  }
}
