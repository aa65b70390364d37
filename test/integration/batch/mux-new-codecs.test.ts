import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { PartObject } from '@reelway/batch/mux/gather-parts.ts'
import { aac, av1, canvas, hevc, opus, pictureInput, soundInput } from './mux-clips.ts'
import { type MuxPlace, openMuxPlace } from './mux-place.ts'

const FRAMES = 81
/** 81 frames of 30000/1001 a second, in samples of 48000 Hz. */
const SAMPLES = 129_730
/** The packets of so many samples, and of the 1024 (AAC) or 312 (Opus) before them. */
const PACKETS = { aac: 128, opus: 136 }

for (const [codec, encoder, sound, container] of [
  ['hevc', hevc, 'aac', 'mp4'],
  ['av1', av1, 'opus', 'mp4'],
  ['av1', av1, 'opus', 'webm'],
] as const) {
  describe(`joining parts of ${codec} and ${sound} to ${container === 'mp4' ? 'an mp4' : 'a webm'}`, () => {
    let place: MuxPlace
    let parts: PartObject[]
    let soundPart: PartObject
    const joined = `joined.${container}`
    const whole = `whole.${container}`
    const soundArgs = sound === 'aac' ? aac : opus
    before(async () => {
      place = await openMuxPlace()
      const makePicture = (name: string, start: number, end: number) =>
        place.makePart(name, [...pictureInput('30000/1001', start, end), ...encoder(30_000)], end - start)
      // The second is one frame, which needs no other to be decoded.
      parts = [
        await makePicture('p0.mp4', 0, 35),
        await makePicture('p35.mp4', 35, 36),
        await makePicture('p36.mp4', 36, FRAMES),
      ]
      soundPart = await place.makePart(`${sound}.mp4`, [...soundInput(SAMPLES), ...soundArgs], PACKETS[sound])
      await place.joinInto(joined, {
        container,
        frameRate: { num: 30_000, den: 1001 },
        canvas,
        picture: parts,
        sound: [soundPart],
        soundSamples: SAMPLES,
      })
      const both = [...pictureInput('30000/1001', 0, FRAMES), ...soundInput(SAMPLES)]
      await place.ffmpeg(...both, ...encoder(30_000), ...soundArgs, place.pathOf(whole))
    })
    after(() => place.close())

    test('it decodes to the frames of the parts, without a warning', async () => {
      const ofParts = await Promise.all(parts.map(({ objectName }) => place.framesOf(objectName)))
      const frames = await place.framesOf(joined)
      assert.equal(frames.length, FRAMES)
      assert.deepEqual(frames, ofParts.flat())
      assert.equal((await place.ffmpeg('-i', place.pathOf(joined), '-f', 'null', '-')).stderr, '')
    })

    test('its frames are shown, and its sound is heard, when those of a file are that was made in one run', async () => {
      const timesOf = async (name: string, stream: 'v' | 'a') =>
        (await place.packetsOf(name, stream)).map(({ pts }) => pts)
      const sorted = async (name: string) => (await timesOf(name, 'v')).map(Number).toSorted((a, b) => a - b)
      assert.deepEqual(await sorted(joined), await sorted(whole))
      assert.deepEqual(await timesOf(joined, 'a'), await timesOf(whole, 'a'))
      const heard = async (name: string) =>
        (await place.ffmpeg('-i', place.pathOf(name), '-map', '0:a', '-f', 'md5', '-')).stdout
      assert.equal(await heard(joined), await heard(whole))
    })

    test('a player learns of it what it learns of a file that was made in one run', async () => {
      assert.deepEqual(await place.describe(joined), await place.describe(whole))
    })

    test('it can be played from anywhere', async () => {
      const frames = await place.framesOf(joined)
      for (const frame of [0, 19, 34, 35, 36, 70]) {
        // WebM keeps milliseconds: a little before the frame, so that it is the next.
        const seconds = String(Math.max(0, (frame * 1001) / 30_000 - 0.002))
        const [first] = await place.framesOf(joined, '-ss', seconds)
        assert.equal(frames.indexOf(first ?? ''), frame)
      }
    })
  })
}
