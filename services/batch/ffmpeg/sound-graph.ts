import { beforeEnd } from './before-end.ts'
import { downmixFilters } from './downmix-filters.ts'
import type { EncodePlan } from './encode-plan.ts'
import { gainFilter } from './gain-filter.ts'
import { type InputName, wholeInputs } from './input-args.ts'
import { legsOf } from './legs-of.ts'
import { mayChangeFormat } from './may-change-format.ts'
import { padStart } from './pad-start.ts'
import { planOfLeg } from './plan-of-leg.ts'
import { type Chain, renderGraph } from './render-graph.ts'
import { countSamples, soundFormat } from './sound-packets.ts'

type Audio = NonNullable<EncodePlan['audio']>

/** Samples of the whole sound, up to, without, the end. */
type Stretch = { firstSample: number; endSample: number }

/** The graph of all of the sound, exactly as long as the picture, in [a]: each leg is heard while it is shown. Inputs are those of wholeInputs. */
export const wholeSound = (plan: EncodePlan, audio: Audio): string => wholeSoundFrom(plan, audio, wholeInputs(plan))

/** The same for a run that has these inputs. */
export const wholeSoundFrom = (plan: EncodePlan, audio: Audio, inputs: InputName[]): string =>
  graphOf(audio, legSounds(plan, audio, { firstSample: 0, endSample: countSamples(audio) }), inputs)

/**
 * The graph of a stretch of the sound, in [a], for a source whose times are those of the whole: the same samples as in the whole. Inputs
 * are those of stretchInputs.
 */
export const stretchOfSound = (plan: EncodePlan, audio: Audio, stretch: Stretch): string =>
  graphOf(audio, legSounds(plan, audio, stretch), stretchInputs(plan, audio, stretch))

/** Whether there is anything to be heard in the result: of the source, or of a clip before or after it. */
export const isHeard = (plan: EncodePlan): boolean => {
  const { audio } = plan
  if (audio === null) return false
  return legSounds(plan, audio, { firstSample: 0, endSample: countSamples(audio) }).some(({ leg }) => !isSilence(leg))
}

/** What a stretch of the sound is read from, in the order of its argv. */
export const stretchInputs = (plan: EncodePlan, audio: Audio, stretch: Stretch): InputName[] =>
  legSounds(plan, audio, stretch)
    .filter(({ leg }) => !isSilence(leg))
    .map(({ input }) => input)
    // The source is entered somewhere, and its packets are recorded: it comes first.
    .toSorted((a, b) => Number(b === 'source') - Number(a === 'source'))

/** The part of a stretch that is heard of one leg, in samples of that leg, whose plan is that of it alone. */
type LegSound = Stretch & { leg: EncodePlan; input: 'source' | 'intro' | 'outro' }

const legSounds = (plan: EncodePlan, audio: Audio, { firstSample, endSample }: Stretch): LegSound[] =>
  legsOf(audio.samples)
    .map(({ name, start, end }) => ({
      leg: planOfLeg(plan, name),
      input: name === 'body' ? ('source' as const) : name,
      firstSample: Math.max(0, firstSample - start),
      endSample: Math.min(end, endSample) - start,
    }))
    .filter((sound) => sound.endSample > sound.firstSample)

const graphOf = (audio: Audio, sounds: LegSound[], inputs: InputName[]): string => {
  const at = sounds.findIndex(({ leg, input }) => input === 'source' && !isSilence(leg))
  const [before, body, after] = [sounds[at - 1], sounds[at], sounds[at + 1]]
  const graph =
    body !== undefined &&
    mayChangeFormat(body.leg.source.container) &&
    (before === undefined || mayPrecede(before, body))
      ? aroundBody(audio, { before, body, after }, inputs)
      : oneAfterTheOther(audio, sounds, inputs)
  const last = graph.at(-1)
  if (last === undefined) throw new Error('there is no sound in a stretch of it')
  return renderGraph([...graph.slice(0, -1), { ...last, filters: [...last.filters, gainFilter(audio.gainDb)] }])
}

/** Whether silence can take the place of an intro: before a trim it would put the sound out of step (189 samples, run). */
const mayPrecede = (before: LegSound, body: LegSound): boolean =>
  isSilence(before.leg) && body.leg.source.fromSeconds === 0

const oneAfterTheOther = (audio: Audio, sounds: LegSound[], inputs: InputName[]): Chain[] => {
  if (sounds.length === 1) return sounds.flatMap((sound) => heard(audio, sound, inputs, 'a'))
  const legs = sounds.map(({ input }) => `${input}-sound`)
  return [
    ...sounds.flatMap((sound) => heard(audio, sound, inputs, `${sound.input}-sound`)),
    { from: legs, filters: [`concat=n=${legs.length}:v=0:a=1`], to: ['a'] },
  ]
}

/**
 * The same where the format of the source may change in its middle. ffmpeg makes the graph anew then, and silence in the place of an
 * intro must not begin again: so the source has it before itself, in its own times. (What is heard of a clip before it does: nothing
 * in a graph can tell that it has been heard.)
 */
const aroundBody = (
  audio: Audio,
  { before, body, after }: { before: LegSound | undefined; body: LegSound; after: LegSound | undefined },
  inputs: InputName[],
): Chain[] => {
  if (after === undefined || isSilence(after.leg)) {
    return heard(audio, body, inputs, 'a', { before: lengthOf(before), after: lengthOf(after) })
  }
  return [
    ...heard(audio, body, inputs, 'source-sound', { before: lengthOf(before), after: 0 }),
    ...heard(audio, after, inputs, 'outro-sound'),
    { from: ['source-sound', 'outro-sound'], filters: ['concat=n=2:v=0:a=1'], to: ['a'] },
  ]
}

const lengthOf = (sound: LegSound | undefined): number =>
  sound === undefined ? 0 : sound.endSample - sound.firstSample

const isSilence = ({ source, audio }: EncodePlan) => audio?.from !== 'source' || source.audioIndex === null

/** So many samples of the only leg of a plan, with so many of silence before and after it. */
const heard = (
  audio: Audio,
  { leg, input, firstSample, endSample }: LegSound,
  inputs: InputName[],
  to: string,
  { before, after }: { before: number; after: number } = { before: 0, after: 0 },
): Chain[] => {
  const { sampleRateHz } = audio
  const samples = endSample - firstSample
  if (isSilence(leg))
    return [{ filters: [`anullsrc=r=${sampleRateHz}:cl=stereo`, `atrim=end_sample=${samples}`], to: [to] }]
  const sourceRateHz = leg.source.audioSampleRateHz ?? sampleRateHz
  // A whole second is a whole sample at every rate: the whole and all of its stretches are resampled between the same points.
  const resampledFrom = Math.floor(firstSample / sampleRateHz) * sampleRateHz
  const skipped = firstSample - resampledFrom
  // So does the first sample of the result lie on one of the source.
  const originSample = Math.round(leg.source.fromSeconds * sourceRateHz)
  const sourceSample = originSample + Math.round((resampledFrom * sourceRateHz) / sampleRateHz)
  const first = Math.round((sourceSample * sampleRateHz) / sourceRateHz) + skipped
  const { container, audioStartSeconds, audioIndex } = leg.source
  const chain = {
    from: [`${inputs.indexOf(input)}:${audioIndex}`],
    filters: [`aselect=${beforeEnd(leg)}`, ...(sourceSample === 0 ? [] : enteredAt(leg, sourceRateHz, sourceSample))],
    to: [to],
  }
  const fromSample = sourceSample - Math.ceil((before * sourceRateHz) / sampleRateHz)
  // Gaps are filled and a late start is padded, so that sound stays in step with the picture.
  const packets = { samples: soundFormat(audio).packetSamples, firstSample: first - before }
  const start = { startSeconds: audioStartSeconds ?? 0, fromSample }
  return padStart(chain, { container, ...start, sourceRateHz, sampleRateHz, packets }, [
    ...downmixFilters(leg.source.audioChannels),
    'apad',
    // Cut by time, and not by counting samples, which begins again where the format changes.
    `atrim=start_pts=${first - before}:end_pts=${first + samples}`,
    ...(after === 0 ? [] : ['apad', `atrim=end_pts=${first + samples + after}`]),
    // Times count from the first sample again.
    first === before ? null : `asetpts=PTS-${first - before}`,
  ])
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
