import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Layout } from '@reelway/batch/mux/layout.ts'
import { layOutMp4 } from '@reelway/batch/mux/mp4/lay-out-mp4.ts'
import { addPicture, makePictureTable, type PictureTable } from '@reelway/batch/mux/picture-table.ts'
import { readTrack } from '@reelway/batch/mux/read-track.ts'
import { addSound, makeSoundTable } from '@reelway/batch/mux/sound-table.ts'
import { ReelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { reordered, someSizes, someTrack } from './some-tracks.ts'

const NTSC = { num: 30_000, den: 1001 }

/** Two pieces, of which only the second has reordered frames. */
const somePicture = (leastBytes: number): PictureTable => {
  const picture = makePictureTable(NTSC, 120)
  const shape = { timescale: 30_000, step: 1001 }
  addPicture(picture, 0, someTrack('avc1', { ...shape, sizes: someSizes(40, leastBytes) }), { lead: 0, samples: 40 })
  const second = someTrack('avc1', { ...shape, sizes: someSizes(80, leastBytes) })
  addPicture(picture, 40, reordered(second, 1001, 40), { lead: 0, samples: 80 })
  return picture
}

const someSound = () => {
  const sound = makeSoundTable(192_192, 189)
  const track = { ...someTrack('mp4a', { timescale: 48_000, step: 1024, sizes: someSizes(189, 1) }), mediaTime: 1024 }
  addSound(sound, 0, track, { lead: 0, samples: 189 })
  return sound
}

/** The made bytes, and where each copied piece lies in the file. */
const build = (layout: Layout) => {
  const made: Buffer[] = []
  const places = { picture: [] as number[], sound: [] as number[] }
  let at = 0
  for (const step of layout.steps()) {
    if (step.kind === 'literal') made.push(step.bytes)
    else places[step.kind].push(at)
    at += step.kind === 'literal' ? step.bytes.length : step.sizeBytes
  }
  assert.equal(at, layout.sizeBytes)
  const bytes = Buffer.concat(made)
  return { bytes, moov: bytes.subarray(32 + 8, 32 + bytes.readUInt32BE(32)), places }
}

for (const [leastBytes, size] of [
  [1, 'a small file'],
  [40_000_000, 'a file of more than 4 GiB'],
] as const) {
  test(`the tables of ${size} are read as they were written`, () => {
    const picture = somePicture(leastBytes)
    const sound = someSound()
    const { moov, places } = build(layOutMp4(picture, sound))
    const readPicture = readTrack(moov, 'vide')
    assert.deepEqual(readPicture.sizes, picture.sizes)
    assert.deepEqual(readPicture.keys, picture.keys)
    assert.deepEqual([...readPicture.chunks.offsets], places.picture)
    assert.equal(readPicture.mediaTime, 1001)
    assert.deepEqual(
      [...(readPicture.compositions ?? [])],
      Array.from(picture.shifts, (shift) => (shift + 1) * 1001),
    )
    const readSound = readTrack(moov, 'soun')
    assert.deepEqual(readSound.sizes, sound.sizes)
    assert.deepEqual([...readSound.chunks.offsets], places.sound)
    assert.deepEqual([...readSound.durations], [188, 1024, 1, 192_192 + 1024 - 188 * 1024])
    assert.equal(readSound.mediaTime, 1024)
  })
}

test('the media of a file of more than 4 GiB has a size of 64 bits', () => {
  const layout = layOutMp4(somePicture(40_000_000), null)
  const { bytes } = build(layout)
  const mdat = bytes.subarray(-16)
  assert.equal(mdat.toString('latin1', 4, 8), 'mdat')
  assert.equal(mdat.readUInt32BE(0), 1)
  assert.equal(Number(mdat.readBigUInt64BE(8)), layout.sizeBytes - bytes.length + 16)
})

test('a second of the picture and the same second of the sound lie side by side', () => {
  const kinds = Array.from(layOutMp4(somePicture(1), someSound()).steps(), ({ kind }) => kind)
  const copied = kinds.filter((kind) => kind !== 'literal')
  // 120 frames begin within four seconds, and the last packets of the sound in the fifth.
  assert.deepEqual(copied, [...new Array(4).fill(['picture', 'sound']).flat(), 'sound'])
})

test('tables that are cut short or changed are refused, and nothing else is thrown', () => {
  const { moov } = build(layOutMp4(somePicture(1), someSound()))
  let refused = 0
  for (let at = 0; at < moov.length; at += 3) {
    const changed = Buffer.from(moov)
    changed[at] = (changed[at] ?? 0) ^ (at % 2 === 0 ? 0x81 : 0x10)
    for (const damaged of [changed, moov.subarray(0, at)]) {
      try {
        readTrack(damaged, 'soun')
        readTrack(damaged, 'vide')
      } catch (error) {
        assert.ok(error instanceof ReelwayError, String(error))
        assert.equal(error.code, 'result_rejected')
        refused += 1
      }
    }
  }
  assert.ok(refused > moov.length / 3)
})
