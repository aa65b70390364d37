import type { EncodeFiles } from './args.ts'
import { beforeEnd } from './before-end.ts'
import { coverInput, coverStream } from './cover-args.ts'
import { downmixFilters } from './downmix-filters.ts'
import { enteredAt } from './entered-at.ts'
import { gainFilter } from './gain-filter.ts'
import { untrustedInput } from './hardening.ts'
import { metadataArgs } from './metadata-args.ts'
import { recordArgs, runArgs } from './output-args.ts'
import { PACKET_SAMPLES } from './packet-samples.ts'
import { padStart } from './pad-start.ts'
import { readOn } from './read-on.ts'
import { renderGraph } from './render-graph.ts'
import { seekArgs } from './scan-args.ts'
import { soundContainerArgs } from './sound-container-args.ts'
import type { SoundPlan } from './sound-plan.ts'

export type SoundFiles = Omit<EncodeFiles, 'logoPath' | 'threads'> & {
  /** A JPEG of ours that the result has as its cover. */
  coverPath?: string
}

/**
 * THE FFMPEG ARGUMENTS of a conversion to sound alone: the whole argv after the program's name. The source is entered at `fromSeconds`
 * (null: read from the beginning), which must be before enteredSeconds of the plan.
 */
export const soundArgs = (plan: SoundPlan, files: SoundFiles, fromSeconds: number | null = null): string[] => [
  ...runArgs,
  ...['-max_error_rate', '0.1'],

  ...soundInput(plan, files.sourceUrl, fromSeconds),
  ...coverInput(files.coverPath),

  ...['-filter_complex', soundGraph(plan)],
  ...['-map', '[a]'],
  ...encoderArgs(plan),
  ...metadataArgs({ ...plan, audio: plan.encoder }),
  ...coverStream(files.coverPath),
  ...soundContainerArgs(plan),
  ...['-fs', String(files.outputLimitBytes)],
  `file:${files.outputPath}`,

  ...recordOfSound(plan, fromSeconds),
]

/** The source, as it is read for its sound alone. */
export const soundInput = ({ source }: SoundPlan, sourceUrl: string, fromSeconds: number | null): string[] => [
  ...untrustedInput,
  ...readOn,
  ...(fromSeconds === null ? readArgs(source) : seekArgs(fromSeconds)),
  ...['-i', sourceUrl],
]

/** Of a source that is entered in the middle it would count from there. */
const readArgs = ({ readSeconds }: SoundPlan['source']): string[] =>
  readSeconds === null ? [] : ['-t', String(readSeconds)]

/** The last output: what was read, and where to stop. */
export const recordOfSound = (plan: SoundPlan, fromSeconds: number | null): string[] =>
  recordArgs(recordedStreams(plan), fromSeconds === null ? null : plan.source.readSeconds)

/** What is heard from the start of the source on: of a video it stays in step with the picture that is not there. Ends in [a]. */
export const soundGraph = (plan: SoundPlan): string => {
  const { sampleRateHz } = plan
  const { container, audioIndex, fromSeconds, enteredSeconds } = plan.source
  const firstSample = Math.round(fromSeconds * sampleRateHz)
  const packets = { samples: PACKET_SAMPLES[plan.encoder.codec], firstSample }
  const sourceRateHz = plan.source.sampleRateHz ?? sampleRateHz
  const fromSample = enteredSeconds * sourceRateHz
  const entered = fromSample === 0 ? [] : enteredAt(plan.source, sourceRateHz, fromSample)
  const chain = {
    from: [`0:${audioIndex}`],
    filters: [`aselect=${beforeEnd(plan)}`, fromFirstSample(plan), ...entered],
    to: ['a'],
  }
  const startSeconds = Math.max(plan.source.startSeconds, enteredSeconds)
  return renderGraph(
    // Gaps are filled, and a late start is.
    padStart(chain, { container, startSeconds, fromSample, sourceRateHz, sampleRateHz, packets }, [
      ...(plan.layout === 'stereo' ? downmixFilters(plan.source.audioChannels) : []),
      gainFilter(plan.gainDb),
      `aformat=channel_layouts=${plan.layout}${sampleFormat(plan)}`,
      // Not padded: without a picture to end with, silence at its end would be a gap between two tracks of an album.
      // Cut by time, and not by counting samples, which begins again where the format changes.
      `atrim=start_pts=${firstSample}:end_pts=${firstSample + plan.samples}`,
      firstSample === 0 ? null : `asetpts=PTS-${firstSample}`,
    ]),
  )
}

/**
 * The decoder of WMA keeps what an encoder puts before a sound to itself, two packets of it (93 ms, run), and not its time: without a picture
 * to be in step with, that would be silence, and as much would be missing at the end.
 */
const fromFirstSample = ({ source }: SoundPlan): string | null =>
  source.container === 'asf' && source.videoIndex === null
    ? `asetpts='PTS-if(lt(STARTT,${LONGEST_DELAY_SECONDS}),STARTPTS,0)'`
    : null

const LONGEST_DELAY_SECONDS = 0.15

const sampleFormat = ({ encoder }: SoundPlan): string =>
  encoder.codec === 'flac' ? `:sample_fmts=${encoder.bitsPerSample === 16 ? 's16' : 's32'}` : ''

const encoderArgs = ({ encoder }: SoundPlan): string[] => {
  switch (encoder.codec) {
    case 'aac':
      return ['-c:a', 'aac', '-b:a', String(encoder.bitsPerSecond)]
    case 'opus':
      return ['-c:a', 'libopus', '-b:a', String(encoder.bitsPerSecond)]
    case 'mp3':
      return ['-c:a', 'libmp3lame', '-q:a', String(encoder.variableRate)]
    case 'flac':
      return [
        ...['-c:a', 'flac', '-compression_level', String(encoder.compressionLevel)],
        // So that counting packets counts samples.
        ...['-frame_size', String(PACKET_SAMPLES.flac)],
        // s32 alone would be taken for 24 bits as well, but is said.
        ...(encoder.bitsPerSample === 24 ? ['-bits_per_raw_sample', '24'] : []),
      ]
    default:
      return encoder satisfies never
  }
}

// The picture is read as well where the clock depends on it (part-args.ts), and where only it can tell that the source was
// not cut short when its sound ends early.
const COUNTS_FROM_ITS_START: ReadonlySet<string> = new Set(['mp4', 'matroska', 'avi', 'flv', 'asf'])

const recordedStreams = ({ source }: SoundPlan): number[] =>
  source.videoIndex === null || (COUNTS_FROM_ITS_START.has(source.container) && source.endKnownFrom === 'stream')
    ? [source.audioIndex]
    : [source.audioIndex, source.videoIndex]
