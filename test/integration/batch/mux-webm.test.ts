import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { PartObject } from '@reelway/batch/mux/gather-parts.ts'
import { canvas, opus, pictureInput, soundInput, vp9 } from './mux-clips.ts'
import { type MuxPlace, openMuxPlace } from './mux-place.ts'

const FRAMES = 75
/** Of so many frames at 25 a second, and packets of Opus for as many samples and the 312 before them. */
const SAMPLES = 144_000
const PACKETS = 151

describe('joining parts to a webm', () => {
  let place: MuxPlace
  let parts: PartObject[]
  let sound: PartObject
  const request = (pieces: PartObject[]) => ({
    container: 'webm' as const,
    frameRate: { num: 25, den: 1 },
    canvas,
    picture: parts,
    sound: pieces,
    soundSamples: pieces.length === 0 ? null : SAMPLES,
  })
  before(async () => {
    place = await openMuxPlace()
    const makePicture = (name: string, start: number, end: number) =>
      place.makePart(name, [...pictureInput('25', start, end), ...vp9(25_000)], end - start)
    parts = [
      await makePicture('p0.mp4', 0, 33),
      await makePicture('p33.mp4', 33, 34),
      await makePicture('p34.mp4', 34, FRAMES),
    ]
    sound = await place.makePart('opus.mp4', [...soundInput(SAMPLES), ...opus], PACKETS)
    const list = parts.map(
      ({ objectName, samples }) => `file '${place.pathOf(objectName)}'\nduration ${samples / 25}\n`,
    )
    await writeFile(place.pathOf('list.txt'), `ffconcat version 1.0\n${list.join('')}`)
    const inputs = ['-f', 'concat', '-safe', '0', '-i', place.pathOf('list.txt'), '-i', place.pathOf('opus.mp4')]
    await place.ffmpeg(...inputs, ...['-map', '0:v', '-map', '1:a', '-c', 'copy', place.pathOf('copied.webm')])
  })
  after(() => place.close())

  test('its packets, their times and key frames are those that ffmpeg makes when it copies the same parts', async () => {
    await place.joinInto('joined.webm', request([sound]))
    for (const stream of ['v', 'a'] as const) {
      const expected = await place.packetsOf('copied.webm', stream)
      assert.equal(expected.length, stream === 'v' ? FRAMES : PACKETS)
      assert.deepEqual(await place.packetsOf('joined.webm', stream), expected)
    }
  })

  test('it decodes to what the parts decode to, without a warning', async () => {
    await place.joinInto('decoded.webm', request([sound]))
    const ofParts = await Promise.all(parts.map(({ objectName }) => place.framesOf(objectName)))
    assert.deepEqual(await place.framesOf('decoded.webm'), ofParts.flat())
    // Only the encoder tells the container how much of the last packet nobody is to hear: a copy does not.
    await place.ffmpeg(...soundInput(SAMPLES), ...opus, place.pathOf('encoded.webm'))
    const heard = async (name: string) => await place.ffmpeg('-i', place.pathOf(name), '-map', '0:a', '-f', 'md5', '-')
    assert.deepEqual(await heard('decoded.webm'), await heard('encoded.webm'))
  })

  test('it can be played from anywhere', async () => {
    await place.joinInto('sought.webm', request([]))
    const frames = await place.framesOf('sought.webm')
    for (const frame of [0, 19, 33, 34, 60]) {
      const [first] = await place.framesOf('sought.webm', '-ss', String(frame / 25))
      assert.equal(frames.indexOf(first ?? ''), frame)
    }
  })

  test('without sound it begins at 0, and is as long as its frames', async () => {
    await place.joinInto('silent.webm', request([]))
    const packets = await place.packetsOf('silent.webm', 'v')
    assert.deepEqual(
      packets.map(({ pts }) => Number(pts)),
      Array.from({ length: FRAMES }, (_, frame) => frame * 40),
    )
    const { stderr } = await place.ffmpeg(...['-v', 'info', '-i', place.pathOf('silent.webm'), '-f', 'null', '-'])
    assert.match(stderr, /Duration: 00:00:03\.00, start: 0\.000000/)
  })
})
