import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import type { StreamIndex } from '@reelway/shared/hls/stream-index.ts'
import { hls } from '@reelway/shared/presets/hls.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { temporaryFolder } from './convert-video.ts'
import { encodeWhole, framesOf, soundPacketsOf } from './encode-parts.ts'
import { makeStream } from './make-stream.ts'
import { rowsInTurn } from './rows-in-turn.ts'
import { type Own, planServed, serveTask } from './serve-assets.ts'

/** Without loss: what is decoded is what the filters made. */
const lossless: VideoPreset = { ...mp4720p, video: { ...mp4720p.video, speed: 'ultrafast', crf: 0 } }

/** The same as a stream of two sizes, which clips of 160x90 are large enough for. */
const streamed: VideoPreset = {
  ...hls,
  video: { ...hls.video, speed: 'ultrafast', crf: 0 },
  ladder: [
    { name: 'large', maxShortSide: 90, maxLongSide: 160, maxBitsPerSecond: 90_000_000 },
    { name: 'small', maxShortSide: 44, maxLongSide: 80, maxBitsPerSecond: 90_000_000 },
  ],
}

const secondsOf = (file: StreamIndex['video'][number] | undefined) => file?.segments.map(([, seconds]) => seconds)

/** What is asked for of a clip of 160x90 at 29.97 for 6 s, with what of the user's own. */
const table: readonly (readonly [object, Own])[] = [
  [
    { metadata: 'keep' },
    { intro: { of: 'clip-before' }, outro: { of: 'title-png', seconds: 1 }, watermark: { of: 'mark', size: 0.5 } },
  ],
  [{ trim: { startSeconds: 1.5, durationSeconds: 3 }, rotate: 90 }, { intro: { of: 'title-jpeg', seconds: 0.5 } }],
  [{ fit: { width: 88, height: 88, background: 'blur' }, maxFrameRate: 12 }, { watermark: { of: 'mark' } }],
  [{ crop: { x: 11, y: 7, width: 100, height: 60 }, mute: true }, { outro: { of: 'clip-after' } }],
]

suite('two options and more together', { concurrency: 1 }, () => {
  for (const [options, own] of rowsInTurn(table, 3)) {
    const names = [...Object.keys(options), ...Object.keys(own)].join(', ')
    test(`${names} make of a stream what they make of a video, to the frame, and it can be cut anywhere`, async () => {
      await using folder = await temporaryFolder()
      await using task = await serveTask('noisy-body', own, options)
      const { sourceUrl, assetUrls } = task
      const whole = await encodeWhole(await planServed(task, lossless), sourceUrl, folder.path, { assetUrls })
      const plan = await planServed(task, streamed)
      const { intro } = plan.frames
      const index = await makeStream(plan, sourceUrl, folder.path, { frames: [intro + 41], assetUrls })

      const expected = await framesOf(whole)
      assert.deepEqual(await framesOf(join(folder.path, 'video-large.m3u8')), expected)
      const [large, small] = index.video
      const scaled = await framesOf(whole, `scale=w=${small?.width}:h=${small?.height}`)
      assert.deepEqual(await framesOf(join(folder.path, 'video-small.m3u8')), scaled)
      assert.deepEqual(secondsOf(small), secondsOf(large))
      if (plan.audio === null) return assert.equal(index.sound, null)
      const [, ...packets] = await soundPacketsOf(whole)
      assert.deepEqual(await soundPacketsOf(join(folder.path, 'sound.mp4')), packets)
    })
  }
})
