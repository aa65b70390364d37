import { pictureTimescale } from '../../ffmpeg/output-args.ts'
import type { Description } from '../description.ts'
import type { Step } from '../layout.ts'
import { malformedPart } from '../malformed-part.ts'
import type { PictureTable } from '../picture-table.ts'
import { codecParameter, withRates } from '../sample-entry.ts'
import { SOUND_HZ, type SoundTable } from '../sound-table.ts'
import { sumSizes } from '../sum-sizes.ts'
import { type Fragment, fragmentHeader, mediaBytes } from './fragment.ts'
import { initSegment } from './init-segment.ts'
import type { CmafLayout, KeyFrame, Segment } from './segment.ts'

/**
 * The picture in segments that begin at the frames of `borders`, each a key frame; the last is the end. Its first frame is shown
 * `delay` frames after it is decoded, and its time is 0 all the same. Every key frame begins a fragment, so that what a player needs to show
 * it alone lies in one piece (Apple's HLS authoring specification, 6.10). Throws result_rejected when one of `borders` is no key frame, or
 * when a frame is shown before the key frame that it comes behind, or after the next.
 */
export const layOutCmafPicture = (
  picture: PictureTable,
  borders: readonly number[],
  { delay, description }: { delay: number; description: Description },
): CmafLayout => {
  const { entry, frameRate, sizes, keys, shifts, frames } = picture
  if (entry === undefined) throw malformedPart('there is no picture')
  const timescale = pictureTimescale(frameRate)
  const stepTicks = (timescale * frameRate.den) / frameRate.num
  const average = Math.floor((sumSizes(sizes, 0, frames) * 8 * frameRate.num) / (frames * frameRate.den))
  const init = initSegment({
    kind: 'vide',
    entry: withRates(entry, { largest: average, average }),
    timescale,
    mediaTime: delay * stepTicks,
    description,
  })
  let sequence = 0
  const segments = rangesOf(borders).map(([from, to]) => {
    if (keys[from] !== 1) throw malformedPart(`frame ${from} is no key frame`)
    return rangesOf([...keysWithin(keys, from, to), to]).map(([first, end]): Fragment => {
      sequence += 1
      return {
        sequence,
        decodeTicks: first * stepTicks,
        stepTicks,
        sizes: sizes.subarray(first, end),
        picture: { keys: keys.subarray(first, end), shifts: withinGroup(shifts.subarray(first, end), first), delay },
      }
    })
  })
  return layOut('picture', { init, codec: codecParameter(entry), segments, timescale })
}

const keysWithin = (keys: Uint8Array, from: number, to: number): number[] => {
  const found: number[] = []
  for (let key = from; key !== -1 && key < to; key = keys.indexOf(1, key + 1)) found.push(key)
  return found
}

const withinGroup = (shifts: Int16Array, first: number): Int16Array => {
  if (shifts.some((shift, at) => at + shift < 0 || at + shift >= shifts.length)) {
    throw malformedPart(`a frame behind the key frame ${first} is shown before it, or behind the next`)
  }
  return shifts
}

/**
 * The sound in segments that begin with the packets of `borders`; the last is the end. Without the encoder's first packet, of which
 * nothing is heard: players differ in whether they follow an edit list for that. So packet 1 is heard at 0.
 */
export const layOutCmafSound = (
  sound: SoundTable,
  borders: readonly number[],
  description: Description,
): CmafLayout => {
  const { entry, sizes, packets, packetSamples, priming } = sound
  if (entry === undefined) throw malformedPart('there is no sound')
  if (priming !== packetSamples) throw malformedPart(`the sound begins ${priming} samples into a part`)
  const average = Math.floor((sumSizes(sizes, 1, packets) * 8 * SOUND_HZ) / ((packets - 1) * packetSamples))
  const rates = { largest: Math.max(average, sound.largestRate), average }
  const init = initSegment({
    kind: 'soun',
    entry: withRates(entry, rates),
    timescale: SOUND_HZ,
    mediaTime: 0,
    description,
  })
  const segments = rangesOf(borders).map(([from, to], index): Fragment[] => [
    {
      sequence: index + 1,
      decodeTicks: (from - 1) * packetSamples,
      stepTicks: packetSamples,
      sizes: sizes.subarray(from, to),
      picture: null,
    },
  ])
  return layOut('sound', { init, codec: codecParameter(entry), segments, timescale: SOUND_HZ })
}

const rangesOf = (borders: readonly number[]): [number, number][] =>
  borders.slice(0, -1).map((from, index) => [from, borders[index + 1] ?? from])

type Parts = { init: Buffer; codec: string; segments: Fragment[][]; timescale: number }

const layOut = (kind: 'picture' | 'sound', { init, codec, segments, timescale }: Parts): CmafLayout => {
  const made: Segment[] = []
  const keyFrames: KeyFrame[] = []
  let at = init.length
  for (const fragments of segments) {
    const firstByte = at
    let durationSeconds = 0
    for (const fragment of fragments) {
      const { sizes, stepTicks } = fragment
      const headerBytes = fragmentHeader(fragment).length
      const seconds = (sizes.length * stepTicks) / timescale
      if (kind === 'picture') {
        keyFrames.push({ firstByte: at, sizeBytes: headerBytes + (sizes[0] ?? 0), durationSeconds: seconds })
      }
      at += headerBytes + mediaBytes(fragment)
      durationSeconds += seconds
    }
    made.push({ sizeBytes: at - firstByte, durationSeconds })
  }
  return {
    codec,
    initBytes: init.length,
    segments: made,
    keyFrames,
    layout: {
      sizeBytes: at,
      *steps(): Generator<Step> {
        yield { kind: 'literal', bytes: init }
        for (const fragment of segments.flat()) {
          yield { kind: 'literal', bytes: fragmentHeader(fragment) }
          yield { kind, sizeBytes: mediaBytes(fragment) }
        }
      },
    },
  }
}
