import type { EncodePlan, PlanPart } from '../ffmpeg/encode-plan.ts'
import { partSound } from '../ffmpeg/part-sound.ts'

/** Where a source is entered for a part. */
export type EntryPoint = {
  /** What ffmpeg is asked for; null: the beginning of the source. */
  fromSeconds: number | null
  /** The first packet that is read must begin no later, or what is decoded is not what the whole would have; null: any is good. */
  latestSeconds: number | null
  /** The same for the sound, when it is used beside the picture; null: any is good, or none. */
  latestSoundSeconds: number | null
}

// These say where their key frames are, and are entered at the one before. The second covers what needs a frame's neighbours.
const INDEXED: ReadonlySet<string> = new Set(['mp4', 'matroska', 'avi'])
const INDEXED_MARGIN_SECONDS = 1
// The others are entered by their clock, at any packet: recordings from the air have a key frame every few seconds.
const MARGIN_SECONDS = 10
const WIDENING = 6
// Sound needs no key frame, but its decoder and the clock of the source some packets.
const SOUND_MARGIN_SECONDS = 1

// The first packets that a decoder gets are not heard as they would be after others: AAC needs one, Opus four of 20 ms.
export const DECODER_START_SECONDS = 0.1

export const FROM_BEGINNING: EntryPoint = { fromSeconds: null, latestSeconds: null, latestSoundSeconds: null }

/**
 * Where to enter the source for a part, in the order in which to try: a little before it, then six times as far each time,
 * for a key frame may be farther away than was thought, and at last the beginning.
 */
export const entryPoints = (plan: EncodePlan, part: PlanPart): EntryPoint[] => {
  const { source } = plan
  if (source.clockLeaps) return [FROM_BEGINNING]
  const isPicture = part.stream === 'picture'
  const startSeconds = isPicture ? secondsOfFrame(plan, part.start) : secondsOfSound(plan, part)
  const streamStartSeconds = isPicture ? source.videoStartSeconds : (source.audioStartSeconds ?? 0)
  const stream = { container: source.container, isPicture, streamStartSeconds }
  const points = marginsBefore(startSeconds, stream).map((fromSeconds) => ({
    fromSeconds,
    latestSeconds: startSeconds,
    latestSoundSeconds: null,
  }))
  return [...points, FROM_BEGINNING]
}

/** Times before `startSeconds`, each farther away, that are behind the beginning of a stream. */
export const marginsBefore = (
  startSeconds: number,
  { container, isPicture, streamStartSeconds }: { container: string; isPicture: boolean; streamStartSeconds: number },
): number[] => {
  const isIndexed = INDEXED.has(container)
  const first = isPicture && isIndexed ? INDEXED_MARGIN_SECONDS : isIndexed ? SOUND_MARGIN_SECONDS : MARGIN_SECONDS
  const times: number[] = []
  for (let margin = first; startSeconds - margin > Math.max(0, streamStartSeconds); margin *= WIDENING) {
    times.push(startSeconds - margin)
  }
  return times
}

/**
 * Where to enter the source for all of a plan in one run. Its sound has to be met in time, too, unless it had not begun by then:
 * in some files it lies far from the picture of the same time.
 */
export const wholeEntryPoints = (plan: EncodePlan): EntryPoint[] => {
  const { source, audio } = plan
  const points = entryPoints(plan, { stream: 'picture', start: 0, end: plan.frames.body, weight: 1 })
  if (audio?.from !== 'source' || source.audioStartSeconds === null) return points
  const latestSoundSeconds = Math.max(
    source.fromSeconds - DECODER_START_SECONDS,
    source.audioStartSeconds + DECODER_START_SECONDS,
  )
  return points.map((point) => (point.fromSeconds === null ? point : { ...point, latestSoundSeconds }))
}

const secondsOfFrame = ({ source, frameRate }: EncodePlan, frame: number): number =>
  source.fromSeconds + (frame * frameRate.den) / frameRate.num

const secondsOfSound = (plan: EncodePlan, part: PlanPart): number =>
  plan.source.fromSeconds + (plan.audio === null ? 0 : (partSound(plan, plan.audio, part).heard?.fromSeconds ?? 0))
