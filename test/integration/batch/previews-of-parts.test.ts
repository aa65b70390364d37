import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { joinParts } from '@reelway/batch/mux/join-parts.ts'
import { previewJoined } from '@reelway/batch/previews/preview-joined.ts'
import { av1, canvas, h264, hevc, pictureInput, vp9 } from './mux-clips.ts'
import { type MuxPlace, never, openMuxPlace } from './mux-place.ts'
import { assertTilesOf, openPreviewPlace, sizeOf } from './preview-place.ts'

let mux: MuxPlace
before(async () => {
  mux = await openMuxPlace()
})
after(() => mux.close())

const frameRate = { num: 25, den: 1 }
const everything = { fromSeconds: 0, toSeconds: 4 }

/** A result of 100 frames in two parts, joined: as it is, and as a file. */
const joined = async (name: string, container: 'mp4' | 'webm', encoder: string[], size = canvas) => {
  const scale = ['-vf', `scale=${size.width}:${size.height}`]
  const part = (start: number, end: number) =>
    mux.makePart(`${name}-${start}`, [...pictureInput('25', start, end), ...scale, ...encoder], end - start)
  const picture = [await part(0, 40), await part(40, 100)]
  const request = { container, frameRate, canvas: size, picture, sound: [], soundSamples: null }
  await mux.joinInto(name, request)
  return { ...(await joinParts(mux.reading, request, never)), path: mux.pathOf(name) }
}

describe('each tile shows the moment that it says in a result that is joined from parts', () => {
  const encoders: [name: string, container: 'mp4' | 'webm', encoder: string[]][] = [
    ['H.264', 'mp4', h264(25_000)],
    ['HEVC', 'mp4', hevc(25_000)],
    ['AV1', 'mp4', av1(25_000)],
    ['VP9', 'webm', vp9(25_000)],
  ]
  for (const [name, container, encoder] of encoders) {
    test(`of ${name}`, async () => {
      await using place = await openPreviewPlace()
      const { picture, path } = await joined(`${name}.${container}`, container, encoder)
      const { sprite, poster } = await previewJoined(place, {
        pictures: [picture],
        durationSeconds: 4,
        body: everything,
      })
      assert.ok(sprite && poster)
      assert.deepEqual(await assertTilesOf(place, path, sprite), [0, 1600, 2400, 3200])
      assert.equal(await sizeOf(place, poster.jpegPath), '128x72')
    })
  }
})

test('a stream has tiles of its smallest size, and a poster of its largest', async () => {
  await using place = await openPreviewPlace()
  const large = await joined('large.mp4', 'mp4', h264(25_000), { width: 256, height: 144 })
  const small = await joined('small.mp4', 'mp4', h264(25_000))
  const pictures = [large.picture, small.picture]
  const { sprite, poster } = await previewJoined(place, { pictures, durationSeconds: 4, body: everything })
  assert.ok(sprite && poster)
  await assertTilesOf(place, small.path, sprite)
  assert.equal(await sizeOf(place, poster.webpPath), '256x144')
})
