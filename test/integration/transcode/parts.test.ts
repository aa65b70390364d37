import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { temporaryFolder } from './convert-video.ts'
import { encodeOne, encodeWhole, framesOf, rangesOf, wholePlan } from './encode-parts.ts'
import { rowsInTurn } from './rows-in-turn.ts'

/** Without loss: what is decoded is what the filters made. */
const lossless: VideoPreset = { ...mp4720p, video: { ...mp4720p.video, speed: 'ultrafast', crf: 0 } }

/** The clip, a rate for it if not its own, and the frames at which it is cut. */
const table: readonly (readonly [VideoName, number | null, readonly number[]])[] = [
  ['open-gop', null, [1, 301]],
  ['open-gop', 24, [201, 202]],
  ['open-gop-mkv', null, [120, 301]],
  ['open-gop-ts', null, [360, 441]],
  ['open-gop-edited', null, [120, 301]],
  ['rare-keys-ts', null, [777, 920]],
  ['gap', 30, [200, 331]],
  ['picture-much-later', null, [90, 301]],
  ['interlaced-longer', null, [100, 233]],
  ['old-camera-longer', null, [100, 233]],
]

suite('parts of the picture', { concurrency: 2 }, () => {
  for (const [name, rate, cuts] of rowsInTurn(table, 4)) {
    const title = rate === null ? name : `${name} at ${rate} frames a second`
    test(`the parts of ${title} hold exactly the frames of the whole, wherever it is cut`, async () => {
      await using folder = await temporaryFolder()
      await using served = await serveFile(await makeVideo(name))
      const limits = rate === null ? mp4720p.frameRate : { minPerSecond: rate, maxPerSecond: rate }
      const plan = await wholePlan(served.url, { ...lossless, frameRate: limits })
      if (rate !== null) assert.equal(plan.frameRate.num / plan.frameRate.den, rate)
      const whole = await framesOf(await encodeWhole(plan, served.url, folder.path))
      assert.equal(whole.length, plan.frames.body)
      for (const part of rangesOf('picture', [...cuts, plan.frames.body])) {
        const { path } = await encodeOne(plan, part, served.url, folder.path)
        assert.deepEqual(await framesOf(path), whole.slice(part.start, part.end), `frames ${part.start} to ${part.end}`)
      }
    })
  }
})
