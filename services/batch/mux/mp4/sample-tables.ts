import type { PictureTable } from '../picture-table.ts'
import { fullBox, type Lazy, uint32, words } from './box.ts'
import type { Chunk } from './interleave-chunks.ts'

/** Where the chunks of one track lie in the result, in bytes from its start, and whether all numbers are to have 64 bits. */
export type Places = { chunks: readonly Chunk[]; firstByte: number; areLong: boolean; stream: Chunk['stream'] }

/** How long samples last: `step` ticks each, and the last one `last` (ISO/IEC 14496-12, 8.6.1.2). */
export const stts = (samples: number, step: number, last: number): Lazy =>
  last === step
    ? fullBox('stts', 0, 0, uint32(1, samples, step))
    : fullBox('stts', 0, 0, uint32(2, samples - 1, step, 1, last))

export const stsz = (sizes: Uint32Array): Lazy =>
  fullBox(
    'stsz',
    0,
    0,
    uint32(0, sizes.length),
    words(sizes.length, () => sizes),
  )

/** How much later than decoded frames are shown, in runs of frames with the same offset (8.6.1.3). */
export const ctts = (picture: PictureTable, stepTicks: number): Lazy => {
  const count = runsOf(picture.shifts).reduce((sum) => sum + 1, 0)
  return fullBox(
    'ctts',
    0,
    0,
    uint32(count),
    words(count * 2, () =>
      runsOf(picture.shifts).flatMap(([frames, shift]) => [frames, (shift + picture.delay) * stepTicks]),
    ),
  )
}

function* runsOf(shifts: Int16Array): Generator<[frames: number, shift: number]> {
  let begun = 0
  for (let frame = 1; frame <= shifts.length; frame += 1) {
    if (frame < shifts.length && shifts[frame] === shifts[begun]) continue
    yield [frame - begun, shifts[begun] ?? 0]
    begun = frame
  }
}

/** The numbers of the key frames, from 1 (8.6.2). */
export const stss = (keys: Uint8Array): Lazy => {
  const count = keys.reduce((sum, key) => sum + key, 0)
  return fullBox(
    'stss',
    0,
    0,
    uint32(count),
    words(count, () => keyNumbers(keys)),
  )
}

function* keyNumbers(keys: Uint8Array): Generator<number> {
  for (let frame = 0; frame < keys.length; frame += 1) if (keys[frame] === 1) yield frame + 1
}

/** How many samples chunks have: an entry for each chunk that has another number than the one before (8.7.4). */
export const stsc = ({ chunks, stream }: Places): Lazy => {
  const own = chunks.filter((chunk) => chunk.stream === stream)
  const changes = own.flatMap(({ samples }, index) =>
    samples === own[index - 1]?.samples ? [] : [index + 1, samples, 1],
  )
  return fullBox(
    'stsc',
    0,
    0,
    uint32(changes.length / 3),
    words(changes.length, () => changes),
  )
}

/** Where chunks begin (8.7.5). */
export const chunkOffsets = (places: Places): Lazy => {
  const count = places.chunks.filter(({ stream }) => stream === places.stream).length
  const content = [uint32(count), words(places.areLong ? count * 2 : count, () => offsetWords(places))]
  return fullBox(places.areLong ? 'co64' : 'stco', 0, 0, ...content)
}

function* offsetWords({ chunks, firstByte, areLong, stream }: Places): Generator<number> {
  let at = firstByte
  for (const chunk of chunks) {
    if (chunk.stream === stream) {
      if (areLong) yield Math.floor(at / 2 ** 32)
      yield at % 2 ** 32
    }
    at += chunk.sizeBytes
  }
}
