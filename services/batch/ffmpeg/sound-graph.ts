import { beforeEnd } from './before-end.ts'
import { downmixFilters } from './downmix-filters.ts'
import type { EncodePlan } from './encode-plan.ts'
import { enteredAt } from './entered-at.ts'
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
    body !== undefined && mayChangeFormat(body.leg.source.container)
      ? aroundBody(audio, { before, body, after }, inputs)
      : oneAfterTheOther(audio, sounds, inputs)
  const last = graph.at(-1)
  if (last === undefined) throw new Error('there is no sound in a stretch of it')
  return renderGraph([...graph.slice(0, -1), { ...last, filters: [...last.filters, gainFilter(audio.gainDb)] }])
}

const oneAfterTheOther = (audio: Audio, sounds: LegSound[], inputs: InputName[]): Chain[] => {
  if (sounds.length === 1) return sounds.flatMap((sound) => heard(audio, sound, inputs, 'a'))
  return [
    ...sounds.flatMap((sound) => heard(audio, sound, inputs, `${sound.input}-sound`)),
    concatenated(sounds.map(({ input }) => `${input}-sound`)),
  ]
}

/**
 * The same where the format of the source may change in its middle. ffmpeg makes the graph anew then, and what is before the source must
 * not begin again: so the source has silence before itself, in its own times. A clip that has been heard gives the new graph nothing,
 * and the source makes up for its length.
 */
const aroundBody = (
  audio: Audio,
  { before, body, after }: { before: LegSound | undefined; body: LegSound; after: LegSound | undefined },
  inputs: InputName[],
): Chain[] => {
  const intro = before === undefined || isSilence(before.leg) ? undefined : before
  const outro = after === undefined || isSilence(after.leg) ? undefined : after
  const around = {
    before: intro === undefined ? lengthOf(before) : 0,
    clip: lengthOf(intro),
    after: outro === undefined ? lengthOf(after) : 0,
  }
  if (intro === undefined && outro === undefined) return heard(audio, body, inputs, 'a', around)
  return [
    ...(intro === undefined ? [] : heard(audio, intro, inputs, 'intro-sound', ONCE)),
    ...heard(audio, body, inputs, 'source-sound', around),
    ...(outro === undefined ? [] : heard(audio, outro, inputs, 'outro-sound')),
    concatenated([
      ...(intro === undefined ? [] : ['intro-sound']),
      'source-sound',
      ...(outro === undefined ? [] : ['outro-sound']),
    ]),
  ]
}

const concatenated = (from: string[]): Chain => ({ from, filters: [`concat=n=${from.length}:v=0:a=1`], to: ['a'] })

const lengthOf = (sound: LegSound | undefined): number =>
  sound === undefined ? 0 : sound.endSample - sound.firstSample

const isSilence = ({ source, audio }: EncodePlan) => audio?.from !== 'source' || source.audioIndex === null

type Around = {
  /** Samples of silence before and after what is heard. */
  before: number
  after: number
  /** Samples of a clip that is heard before it. */
  clip: number
  /** Whether a graph that is made when all of it has been heard gets nothing of it. */
  isOnce?: boolean
}

const ALONE: Around = { before: 0, after: 0, clip: 0 }
const ONCE: Around = { ...ALONE, isOnce: true }

/** So many samples of the only leg of a plan, and what is around them. */
const heard = (
  audio: Audio,
  { leg, input, firstSample, endSample }: LegSound,
  inputs: InputName[],
  to: string,
  { before, after, clip, isOnce = false }: Around = ALONE,
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
  const { container, audioIndex, audioStartSeconds } = leg.source
  const chain = {
    from: [`${inputs.indexOf(input)}:${audioIndex}`],
    filters: [
      `aselect=${beforeEnd(leg)}`,
      // Nothing that is read of a clip later may take part: there would be silence before it.
      isOnce ? `atrim=end=${(leg.source.fromSeconds + endSample / sampleRateHz).toFixed(6)}` : null,
      ...(sourceSample === 0
        ? []
        : enteredAt({ container, startSeconds: audioStartSeconds ?? 0 }, sourceRateHz, sourceSample)),
    ],
    to: [to],
  }
  const fromSample = sourceSample - Math.ceil((before * sourceRateHz) / sampleRateHz)
  // Gaps are filled and a late start is padded, so that sound stays in step with the picture.
  const packets = { samples: soundFormat(audio).packetSamples, firstSample: first - before - clip }
  const startSeconds = Math.max(audioStartSeconds ?? 0, sourceSample / sourceRateHz)
  const start = { startSeconds, fromSample }
  return padStart(chain, { container, ...start, sourceRateHz, sampleRateHz, packets }, [
    ...downmixFilters(leg.source.audioChannels),
    // What pads nothing has neither a time nor, unless it is told, an end.
    ...(isOnce ? [`apad=whole_len=${skipped + samples}`, 'aselect=gte(t\\,0)'] : ['apad']),
    // Cut by time, and not by counting samples, which begins again where the format changes.
    `atrim=start_pts=${first - before}:end_pts=${first + samples}`,
    ...(after === 0 ? [] : ['apad', `atrim=end_pts=${first + samples + after}`]),
    // Times count from the first sample again. What is put behind a clip that is over begins where its own times say.
    clip > 0
      ? `asetpts='PTS-${first}+if(gt(STARTT,${startSeconds + LATER_SECONDS}),${clip},0)'`
      : first === before
        ? null
        : `asetpts=PTS-${first - before}`,
  ])
}

// Less than what begins in a new graph is later than the beginning (pad-start.ts).
const LATER_SECONDS = 0.5
