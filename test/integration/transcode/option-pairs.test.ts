import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { lookAt, temporaryFolder } from './convert-video.ts'
import { encodeOne, encodeWhole, framesOf, rangesOf } from './encode-parts.ts'
import { rowsInTurn } from './rows-in-turn.ts'
import { type Own, planServed, serveTask } from './serve-assets.ts'

/** Without loss: what is decoded is what the filters made. */
const lossless: VideoPreset = { ...mp4720p, video: { ...mp4720p.video, speed: 'ultrafast', crf: 0 } }

/** What is asked for of a clip of 160x90 at 29.97 for 6 s, with what of the user's own, and the size and the frames of the result. */
const table: readonly (readonly [object, Own, string, number])[] = [
  [{ trim: { startSeconds: 2.5, durationSeconds: 2 }, rotate: 90 }, {}, '90x160', 60],
  [{ flip: 'vertical', crop: { x: 11, y: 7, width: 100, height: 60 } }, {}, '100x60', 180],
  [{ crop: { x: 11, y: 7, width: 100, height: 60 }, fit: { mode: 'cover', width: 90, height: 90 } }, {}, '90x90', 180],
  [{ rotate: 270, fit: { width: 160, height: 90, background: 'blur' } }, {}, '160x90', 180],
  [{ maxFrameRate: 15, fit: { width: 96, height: 96, background: '#208040', align: 'top' } }, {}, '96x96', 90],
  [{ trim: { startSeconds: 3.3 }, maxFrameRate: 24 }, {}, '160x90', 65],
  [{ trim: { startSeconds: 3.3, endSeconds: 5 } }, { intro: { of: 'clip-before' } }, '160x90', 111],
  [{ rotate: 180 }, { watermark: { of: 'mark' } }, '160x90', 180],
]

suite('two options together', { concurrency: 2 }, () => {
  for (const [options, own, size, frames] of rowsInTurn(table, 4)) {
    const names = [...Object.keys(options), ...Object.keys(own)].join(' and ')
    test(`${names} make ${frames} frames of ${size}, and the parts have exactly those of the whole`, async () => {
      await using folder = await temporaryFolder()
      await using task = await serveTask('noisy-body', own, options)
      const plan = await planServed(task, lossless)
      const path = await encodeWhole(plan, task.sourceUrl, folder.path, { assetUrls: task.assetUrls })
      const { video } = await lookAt(path)
      assert.deepEqual([`${video?.width}x${video?.height}`, Number(video?.nb_read_frames)], [size, frames])
      const whole = await framesOf(path)
      const { intro, total } = plan.frames
      const borders = [...new Set([intro, intro + 7, intro + Math.floor((total - intro) / 2), total])]
      for (const part of rangesOf(
        'picture',
        borders.filter((border) => border > 0),
      )) {
        const { path: partPath } = await encodeOne(plan, part, task.sourceUrl, folder.path, task.assetUrls)
        assert.deepEqual(await framesOf(partPath), whole.slice(part.start, part.end), `${part.start} to ${part.end}`)
      }
    })
  }
})
