import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { EncodePlan, PlanPart } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { countSoundPackets, soundFormat } from '@reelway/batch/ffmpeg/sound-packets.ts'
import type { PartObject } from '@reelway/batch/mux/gather-parts.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { type MuxPlace, openMuxPlace } from '../batch/mux-place.ts'
import { temporaryFolder } from './convert-video.ts'
import { encodeOne, encodeWhole, framesOf, rangesOf } from './encode-parts.ts'
import { adtsPacketsOf, lagBetween, likenessAt, samplesOf } from './join-adts.ts'
import { rowsInTurn } from './rows-in-turn.ts'
import { type Own, planServed, type ServedTask, serveTask } from './serve-assets.ts'

/** Without loss: what is decoded is what the filters made. */
const lossless: VideoPreset = { ...mp4720p, video: { ...mp4720p.video, speed: 'ultrafast', crf: 0 } }

const blurred = { fit: { width: 160, height: 160, background: 'blur' } }
const marked: Own = { watermark: { of: 'mark' } }

/** The clip, what is asked for of it, with what of the user's own, and the frames of the result. */
const table: readonly (readonly [VideoName, object, Own, number])[] = [
  ['parts-pq', blurred, {}, 180],
  ['parts-hlg', { trim: { startSeconds: 1.3 } }, marked, 141],
  ['parts-hevc', {}, {}, 300],
  ['parts-telecined-unsaid', { trim: { startSeconds: 0.7 } }, {}, 160],
  ['parts-telecined', {}, {}, 180],
  ['parts-telecined-ts', {}, {}, 480],
  ['parts-film-dvd', {}, {}, 387],
  ['parts-film-mkv', { trim: { startSeconds: 2 } }, {}, 340],
  ['parts-fields-unsaid', blurred, {}, 150],
  ['parts-turned', { trim: { startSeconds: 1.05 } }, marked, 118],
  ['parts-see-through', {}, {}, 150],
  ['parts-prores', blurred, marked, 100],
  ['parts-phone', { trim: { startSeconds: 0.1 } }, {}, 183],
  ['parts-slide', {}, {}, 240],
  ['parts-late-sound', { rotate: 180 }, marked, 180],
  ['parts-surround', { trim: { startSeconds: 0.4 } }, {}, 115],
]

suite('parts of odd sources', { concurrency: 2 }, () => {
  let place: MuxPlace
  before(async () => {
    place = await openMuxPlace()
  })
  after(() => place.close())

  for (const [name, options, own, frames] of rowsInTurn(table, 10)) {
    const asked = [...Object.keys(options), ...Object.keys(own)].join(' and ')
    test(`the parts of ${name}${asked === '' ? '' : ` with ${asked}`} join to exactly its ${frames} frames, in step`, async () => {
      await using folder = await temporaryFolder()
      await using task = await serveTask(name, own, options)
      const plan = await planServed(task, lossless)
      const whole = await encodeWhole(plan, task.sourceUrl, folder.path, { assetUrls: task.assetUrls })
      const joined = await joinParts(name, plan, task, folder.path)
      assert.deepEqual(await place.describe(name), await describeWhole(name, whole))
      const shown = await framesOf(whole)
      assert.equal(shown.length, frames)
      assert.deepEqual(await framesOf(joined), shown)
      for (const stream of ['v', 'a'] as const)
        assert.deepEqual(await timesOf(joined, stream), await timesOf(whole, stream))
      await assertInStep(whole, joined, plan)
    })
  }

  const joinParts = async (name: string, plan: EncodePlan, task: ServedTask, folder: string): Promise<string> => {
    const { audio, frames } = plan
    assert.ok(audio !== null)
    // Once with only a frame between, as after a hand-over.
    const middle = Math.floor(frames.total * 0.6)
    const ranges = [
      ...rangesOf('picture', [middle, middle + 1, Math.floor(frames.total * 0.85), frames.total]),
      ...rangesOf('sound', [seamOf(audio), countSoundPackets(audio)]),
    ]
    const parts: { range: PlanPart; object: PartObject }[] = []
    for (const range of ranges) {
      const { path, lead } = await encodeOne(plan, range, task.sourceUrl, folder, task.assetUrls)
      const object = `${name}-${range.stream}-${range.start}`
      parts.push({ range, object: await place.storePart(object, path, range.end - range.start, lead) })
    }
    const ofStream = (stream: 'picture' | 'sound') =>
      parts.filter(({ range }) => range.stream === stream).map(({ object }) => object)
    const { container, frameRate, canvas } = plan
    const request = { container: container.format, frameRate, canvas, soundSamples: audio.samples.body }
    await place.joinInto(name, { ...request, picture: ofStream('picture'), sound: ofStream('sound') })
    return place.pathOf(name)
  }

  const describeWhole = async (name: string, path: string): Promise<unknown> => {
    await place.storePart(`${name}-whole`, path, 1, 0)
    return await place.describe(`${name}-whole`)
  }

  const timesOf = async (path: string, stream: 'v' | 'a') =>
    (await place.packetsAt(path, stream)).map(({ pts }) => Number(pts)).toSorted((a, b) => a - b)
})

/** The packet of the sound at which its second part begins. */
const seamOf = (audio: NonNullable<EncodePlan['audio']>): number => Math.floor(countSoundPackets(audio) * 0.6)

/** Across the seam of the sound, and right behind it. */
const assertInStep = async (whole: string, joined: string, { audio }: EncodePlan): Promise<void> => {
  assert.ok(audio !== null)
  const sounds = await Promise.all([whole, joined].map(async (path) => await samplesOf(await adtsPacketsOf(path))))
  const [first = new Int16Array(), second = new Int16Array()] = sounds
  assert.equal(second.length, first.length)
  const at = seamOf(audio) * soundFormat(audio).packetSamples
  for (const from of [at - 4096, at]) {
    assert.equal(lagBetween(first, second, from, 8192), 0)
    assert.ok(likenessAt(first, second, from, 8192) > 0.8, `${likenessAt(first, second, from, 8192)}`)
  }
}
