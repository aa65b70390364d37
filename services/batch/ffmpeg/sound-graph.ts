import { beforeEnd } from './before-end.ts'
import type { EncodePlan } from './encode-plan.ts'
import { renderGraph } from './render-graph.ts'

type Audio = NonNullable<EncodePlan['audio']>

/** The graph of all of the sound, exactly as long as the picture: silence during the logo, what is heard in between; in [a]. */
export const wholeSound = (plan: EncodePlan, audio: Audio): string => {
  const { intro, body, outro } = audio.samples
  return renderGraph([
    {
      from: inputs(plan, audio),
      filters: [
        ...heard(plan, audio, 0),
        `atrim=end_sample=${body}`,
        fromStart(plan, 0),
        intro > 0 ? `adelay=${intro}S:all=1` : null,
        outro > 0 ? `apad=pad_len=${outro}` : null,
      ],
      to: ['a'],
    },
  ])
}

/**
 * The graph of a stretch of the sound (in samples of the whole, up to, without, the end), in [a], for a source whose times are those of the whole: the same samples as in the
 * whole. It must begin on a sample of the source, or the two would be resampled between different points.
 */
export const stretchOfSound = (
  plan: EncodePlan,
  audio: Audio,
  { firstSample, endSample }: { firstSample: number; endSample: number },
): string =>
  renderGraph([
    {
      from: inputs(plan, audio),
      filters: [
        ...heard(plan, audio, firstSample),
        `atrim=end_sample=${endSample - firstSample}`,
        fromStart(plan, firstSample),
      ],
      to: ['a'],
    },
  ])

/** Behind what was not entered at its beginning: times count from the first sample again. */
const fromStart = (plan: EncodePlan, firstSample: number): string | null =>
  firstSample > 0 || plan.source.fromSeconds > 0 ? 'asetpts=PTS-STARTPTS' : null

const isSilence = ({ source }: EncodePlan, { from }: Audio) => from === 'silence' || source.audioIndex === null

const inputs = (plan: EncodePlan, audio: Audio): string[] =>
  isSilence(plan, audio) ? [] : [`0:${plan.source.audioIndex}`]

/** The sound from a sample of the result on, and silence without end after it. */
const heard = (plan: EncodePlan, audio: Audio, firstSample: number): (string | null)[] => {
  const { sampleRateHz } = audio
  if (isSilence(plan, audio)) return [`anullsrc=r=${sampleRateHz}:cl=stereo`]
  const sourceRateHz = plan.source.audioSampleRateHz ?? sampleRateHz
  // The first sample of the result is one of the source, and so is that of every stretch: all are resampled between the same points.
  const originSample = Math.round(plan.source.fromSeconds * sourceRateHz)
  const sourceSample = originSample + Math.round((firstSample * sourceRateHz) / sampleRateHz)
  return [
    `aselect=${beforeEnd(plan)}`,
    ...(sourceSample === 0 ? [] : enteredAt(plan, sourceRateHz, sourceSample)),
    // Gaps are filled and a late start is padded, so that sound stays in step with the picture.
    `aresample=${sampleRateHz}:async=1:first_pts=${sourceSample}`,
    'aformat=channel_layouts=stereo',
    'apad',
  ]
}

/** Only from one sample of the source on: its rate is pinned, for the filters count in its samples. */
const enteredAt = (plan: EncodePlan, sourceRateHz: number, sourceSample: number): (string | null)[] => [
  `aformat=sample_rates=${sourceRateHz}`,
  KEEPS_MILLISECONDS.has(plan.source.container) ? onPacketGrid(plan, sourceRateHz) : null,
  `atrim=start_pts=${sourceSample}`,
]

// Containers whose times are whole milliseconds: up to 24 samples beside the sample that a packet really begins with.
const KEEPS_MILLISECONDS: ReadonlySet<string> = new Set(['matroska', 'flv', 'asf'])

/**
 * Moves each frame of the sound to where it is if every packet before it was as long as it is, unless that is farther away
 * than the rounding of milliseconds explains (two of them: its own and that of the first packet).
 */
const onPacketGrid = ({ source }: EncodePlan, sourceRateHz: number): string => {
  const first = Math.round((source.audioStartSeconds ?? 0) * sourceRateHz)
  const tolerance = Math.ceil(0.002 * sourceRateHz)
  const onGrid = `st(0,${first}+round((PTS-${first})/NB_SAMPLES)*NB_SAMPLES)`
  return `asetpts='if(lte(abs(${onGrid}-PTS),${tolerance}),ld(0),PTS)'`
}
