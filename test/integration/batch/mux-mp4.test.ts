import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { PartObject } from '@reelway/batch/mux/gather-parts.ts'
import { ReelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { aac, canvas, h264, pictureInput, soundInput } from './mux-clips.ts'
import { type MuxPlace, openMuxPlace } from './mux-place.ts'

const NTSC = { num: 30_000, den: 1001 }
const STEP = 1001
/** Of 81 frames, and packets of AAC for as many samples and the 1024 before them. */
const SAMPLES = 129_730
const PACKETS = 128

describe('joining parts to an mp4', () => {
  let place: MuxPlace
  let parts: PartObject[]
  let sound: PartObject
  const request = (picture: PartObject[], pieces: PartObject[]) => ({
    container: 'mp4' as const,
    frameRate: NTSC,
    canvas,
    picture,
    sound: pieces,
    soundSamples: pieces.length === 0 ? null : SAMPLES,
  })
  const makePicture = (name: string, start: number, end: number) =>
    place.makePart(name, [...pictureInput('30000/1001', start, end), ...h264(30_000)], end - start)

  before(async () => {
    place = await openMuxPlace()
    // The second is one frame, which needs no other to be decoded.
    parts = [
      await makePicture('p0.mp4', 0, 35),
      await makePicture('p35.mp4', 35, 36),
      await makePicture('p36.mp4', 36, 81),
    ]
    sound = await place.makePart('aac.mp4', [...soundInput(SAMPLES), ...aac], PACKETS)
    await place.joinInto('joined.mp4', request(parts, [sound]))
  })
  after(() => place.close())

  test('every frame of the parts is there, is shown in its time, and is decoded one after the other', async () => {
    const packets = await place.packetsOf('joined.mp4', 'v')
    const shown = packets.map(({ pts }) => Number(pts)).toSorted((a, b) => a - b)
    assert.deepEqual(
      shown,
      Array.from({ length: 81 }, (_, frame) => frame * STEP),
    )
    const first = Number(packets[0]?.dts)
    assert.deepEqual(
      packets.map(({ dts }) => Number(dts)),
      packets.map((_, index) => first + index * STEP),
    )
    const ofParts = (
      await Promise.all(parts.map(async ({ objectName }) => await place.packetsOf(objectName, 'v')))
    ).flat()
    const contentOf = ({ flags, hash }: { flags: string; hash: string }) => `${flags} ${hash}`
    assert.deepEqual(packets.map(contentOf), ofParts.map(contentOf))
  })

  test('it decodes to the frames of the parts, without a warning', async () => {
    const ofParts = await Promise.all(parts.map(({ objectName }) => place.framesOf(objectName)))
    assert.deepEqual(await place.framesOf('joined.mp4'), ofParts.flat())
    assert.equal((await place.ffmpeg('-i', place.pathOf('joined.mp4'), '-f', 'null', '-')).stderr, '')
  })

  test('it can be played from anywhere', async () => {
    const frames = await place.framesOf('joined.mp4')
    for (const frame of [0, 19, 34, 35, 36, 70]) {
      const seconds = String((frame * NTSC.den) / NTSC.num)
      const [first] = await place.framesOf('joined.mp4', '-ss', seconds)
      assert.equal(frames.indexOf(first ?? ''), frame)
    }
  })

  test('the times of its packets are those that ffmpeg makes when it copies the same parts together', async () => {
    const list = parts.map(({ objectName, samples }) => {
      const seconds = ((samples * NTSC.den) / NTSC.num).toFixed(6)
      return `file '${place.pathOf(objectName)}'\nduration ${seconds}\n`
    })
    // ffmpeg cannot bring a part of one frame to the decoding delay of the others: it copies the first, and a part with more.
    await writeFile(place.pathOf('list.txt'), ['ffconcat version 1.0\n', list[0], list[2]].join(''))
    const copied = ['-f', 'concat', '-safe', '0', '-i', place.pathOf('list.txt'), '-i', place.pathOf('aac.mp4')]
    await place.ffmpeg(
      ...copied,
      ...['-map', '0:v', '-map', '1:a', '-c', 'copy', '-video_track_timescale', '30000', place.pathOf('copied.mp4')],
    )
    await place.joinInto('two.mp4', request(parts.toSpliced(1, 1), [sound]))
    assert.deepEqual(await place.packetsOf('two.mp4', 'a'), await place.packetsOf('copied.mp4', 'a'))
    // Not the bytes of the picture: into the key frames ffmpeg copies what is in the sample entry already.
    const timesOf = async (name: string) =>
      (await place.packetsOf(name, 'v')).map(({ pts, dts, flags }) => `${pts} ${dts} ${flags}`)
    assert.deepEqual(await timesOf('two.mp4'), await timesOf('copied.mp4'))
  })

  test('its sound is the packets of the part of the sound, at the same times', async () => {
    assert.deepEqual(await place.packetsOf('joined.mp4', 'a'), await place.packetsOf('aac.mp4', 'a'))
    const heard = async (name: string) =>
      (await place.ffmpeg('-i', place.pathOf(name), '-map', '0:a', '-f', 'md5', '-')).stdout
    assert.equal(await heard('joined.mp4'), await heard('aac.mp4'))
  })

  test('packets before the range of a part of the sound are dropped', async () => {
    const again = await place.makePart('again.mp4', [...soundInput(SAMPLES), ...aac], PACKETS - 50, 50)
    await place.joinInto('pieces.mp4', request(parts, [{ ...sound, samples: 50 }, again]))
    assert.deepEqual(await place.packetsOf('pieces.mp4', 'a'), await place.packetsOf('aac.mp4', 'a'))
  })

  test('a part may be the beginning of a file with picture and sound, up to a key frame', async () => {
    const both = [...pictureInput('30000/1001', 0, 81), ...soundInput(SAMPLES), ...h264(30_000), ...aac]
    const whole = await place.makePart('both.mp4', both, 40)
    const rest = await makePicture('p40.mp4', 40, 81)
    await place.joinInto('handed-over.mp4', request([whole, rest], [{ ...whole, samples: PACKETS }]))
    const [expected, found] = await Promise.all([place.framesOf('both.mp4'), place.framesOf('handed-over.mp4')])
    assert.deepEqual(found.slice(0, 40), expected.slice(0, 40))
    assert.equal(found.length, 81)
    assert.deepEqual(await place.packetsOf('handed-over.mp4', 'a'), await place.packetsOf('both.mp4', 'a'))
  })

  test('its tables come before its media', async () => {
    const bytes = await place.joinInto('silent.mp4', request(parts, []))
    const types: string[] = []
    for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at))
      types.push(bytes.toString('latin1', at + 4, at + 8))
    assert.deepEqual(types, ['ftyp', 'moov', 'mdat'])
  })

  test('parts that do not fit together are refused', async () => {
    const [first, , last] = parts
    assert.ok(first !== undefined && last !== undefined)
    const refused = async (reason: RegExp, picture: PartObject[], pieces: PartObject[] = []) => {
      await assert.rejects(place.joinInto('refused.mp4', request(picture, pieces)), (error: unknown) => {
        assert.ok(error instanceof ReelwayError)
        assert.equal(error.code, 'result_rejected')
        assert.match(error.cause instanceof Error ? error.cause.message : '', reason)
        return true
      })
    }
    const baseline = [...pictureInput('30000/1001', 35, 81), ...h264(30_000), '-profile:v', 'baseline']
    await refused(/two configurations/, [first, await place.makePart('baseline.mp4', baseline, 46)])
    await refused(/begin with a key frame/, [first, { ...last, lead: 1, samples: 44 }])
    await refused(/not shown in its place/, [{ ...first, samples: 10 }, last])
    await refused(/35 of 36 frames/, [{ ...first, samples: 36 }, last])
    await refused(/127 packets of sound are not for/, parts, [{ ...sound, samples: PACKETS - 1 }])
    await assert.rejects(place.joinInto('refused.mp4', { ...request(parts, []), soundSamples: SAMPLES }), {
      code: 'result_rejected',
    })
    await refused(/no track vide/, [{ ...sound, samples: 10 }])
    await refused(/no moov/, [{ ...first, sizeBytes: 1_000 }])
  })
})
