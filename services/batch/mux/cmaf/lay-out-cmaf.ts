import { pictureTimescale } from '../../ffmpeg/output-args.ts'
import type { Step } from '../layout.ts'
import { malformedPart } from '../malformed-part.ts'
import type { PictureTable } from '../picture-table.ts'
import { codecParameter, withRates } from '../sample-entry.ts'
import { SOUND_HZ, type SoundTable } from '../sound-table.ts'
import { sumSizes } from '../sum-sizes.ts'
import { type Fragment, fragmentHeader } from './fragment.ts'
import { initSegment } from './init-segment.ts'
import type { CmafLayout } from './segment.ts'

/**
 * The picture in segments that begin at the frames of `borders`, each a key frame; the last is the end. Its first frame is shown
 * `delay` frames after it is decoded, and its time is 0 all the same. Throws result_rejected when
 * one is none, or when a frame of a segment is shown in another.
 */
export const layOutCmafPicture = (picture: PictureTable, borders: readonly number[], delay: number): CmafLayout => {
  const { entry, frameRate, sizes, keys, shifts } = picture
  if (entry === undefined) throw malformedPart('there is no picture')
  const timescale = pictureTimescale(frameRate)
  const stepTicks = (timescale * frameRate.den) / frameRate.num
  const average = Math.floor(
    (sumSizes(sizes, 0, picture.frames) * 8 * frameRate.num) / (picture.frames * frameRate.den),
  )
  const init = initSegment({
    kind: 'vide',
    entry: withRates(entry, { largest: average, average }),
    timescale,
    mediaTime: delay * stepTicks,
    language: null,
  })
  const fragments = rangesOf(borders).map(([from, to], index): Fragment => {
    if (keys[from] !== 1) throw malformedPart(`frame ${from} is no key frame`)
    const moved = shifts.subarray(from, to)
    if (moved.some((shift, at) => at + shift < 0 || at + shift >= to - from)) {
      throw malformedPart(`a frame of the segment at ${from} is shown in another`)
    }
    return {
      sequence: index + 1,
      decodeTicks: from * stepTicks,
      stepTicks,
      sizes: sizes.subarray(from, to),
      picture: {
        keys: keys.subarray(from, to),
        compositionTicks: Array.from(moved, (shift) => (shift + delay) * stepTicks),
      },
    }
  })
  return layOut('picture', { init, codec: codecParameter(entry), fragments, timescale })
}

/**
 * The sound in segments that begin with the packets of `borders`; the last is the end. Without the encoder's first packet, of which
 * nothing is heard: players differ in whether they follow an edit list for that. So packet 1 is heard at 0.
 */
export const layOutCmafSound = (sound: SoundTable, borders: readonly number[], language: string | null): CmafLayout => {
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
    language,
  })
  const fragments = rangesOf(borders).map(
    ([from, to], index): Fragment => ({
      sequence: index + 1,
      decodeTicks: (from - 1) * packetSamples,
      stepTicks: packetSamples,
      sizes: sizes.subarray(from, to),
      picture: null,
    }),
  )
  return layOut('sound', { init, codec: codecParameter(entry), fragments, timescale: SOUND_HZ })
}

const rangesOf = (borders: readonly number[]): [number, number][] =>
  borders.slice(0, -1).map((from, index) => [from, borders[index + 1] ?? from])

type Parts = { init: Buffer; codec: string; fragments: Fragment[]; timescale: number }

const layOut = (kind: 'picture' | 'sound', { init, codec, fragments, timescale }: Parts): CmafLayout => {
  const mediaBytes = (fragment: Fragment) => fragment.sizes.reduce((sum, size) => sum + size, 0)
  const segments = fragments.map((fragment) => ({
    sizeBytes: fragmentHeader(fragment).length + mediaBytes(fragment),
    durationSeconds: (fragment.sizes.length * fragment.stepTicks) / timescale,
  }))
  return {
    codec,
    initBytes: init.length,
    segments,
    layout: {
      sizeBytes: segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, init.length),
      *steps(): Generator<Step> {
        yield { kind: 'literal', bytes: init }
        for (const fragment of fragments) {
          yield { kind: 'literal', bytes: fragmentHeader(fragment) }
          yield { kind, sizeBytes: mediaBytes(fragment) }
        }
      },
    },
  }
}
