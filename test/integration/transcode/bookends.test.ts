import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { countSoundPackets } from '@reelway/batch/ffmpeg/sound-packets.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { makeVideo } from '../../videos/make-video.ts'
import { brightnessAt, lookAt, temporaryFolder } from './convert-video.ts'
import { encodeOne, encodeWhole, framesOf, rangesOf } from './encode-parts.ts'
import { adtsPacketsOf, lagBetween, likenessAt, samplesOf } from './join-adts.ts'
import { planServed, serveTask } from './serve-assets.ts'
import { soundOf } from './sound-of.ts'

/** Without loss: what is decoded is what the filters made. */
const lossless: VideoPreset = { ...mp4720p, video: { ...mp4720p.video, speed: 'ultrafast', crf: 0 } }

suite('intro and outro', { concurrency: 1 }, () => {
  test('clips of other sizes, rates and sounds stand before and after, in step to the sample, whole and in parts', async () => {
    await using folder = await temporaryFolder()
    await using task = await serveTask('noisy-body', {
      intro: { of: 'clip-before' },
      outro: { of: 'clip-after' },
      watermark: { of: 'mark' },
    })
    const plan = await planServed(task, lossless)
    // 2 s, 6 s and 1 s at 29.97.
    assert.deepEqual(plan.frames, { intro: 60, body: 180, outro: 30, total: 270 })
    const { sourceUrl, assetUrls } = task
    const path = await encodeWhole(plan, sourceUrl, folder.path, { assetUrls })
    const whole = await framesOf(path)
    assert.equal(whole.length, 270)
    const { video, audio } = await lookAt(path)
    assert.deepEqual([video?.width, video?.height, video?.r_frame_rate], [160, 90, '30000/1001'])
    assert.ok(Math.abs(Number(audio?.duration) - (270 * 1.001) / 30) < 0.001, `${audio?.duration} s of sound`)

    for (const part of rangesOf('picture', [23, 60, 120, 240, 255, 270])) {
      const { path: partPath } = await encodeOne(plan, part, sourceUrl, folder.path, assetUrls)
      assert.deepEqual(
        await framesOf(partPath),
        whole.slice(part.start, part.end),
        `frames ${part.start} to ${part.end}`,
      )
    }

    const samples = await soundOf(path)
    assert.ok(plan.audio)
    const { intro, body } = plan.audio.samples
    for (const [name, start] of [
      ['clip-before', 0],
      ['noisy-body', intro],
      ['clip-after', intro + body],
    ] as const) {
      const alone = await soundOf(await makeVideo(name))
      const heard = samples.subarray(start)
      assert.ok(
        Math.abs(lagBetween(alone, heard, 256, 8192)) <= 1,
        `${name} lags by ${lagBetween(alone, heard, 256, 8192)}`,
      )
      assert.ok(likenessAt(alone, heard, 256, 8192) > 0.6, `${name}: ${likenessAt(alone, heard, 256, 8192)}`)
    }

    const all = countSoundPackets(plan.audio)
    const [single] = rangesOf('sound', [all])
    assert.ok(single)
    const onePiece = await adtsPacketsOf((await encodeOne(plan, single, sourceUrl, folder.path, assetUrls)).path)
    assert.deepEqual(onePiece, await adtsPacketsOf(path), 'sound of one part is that of the whole')
    const reference = await samplesOf(onePiece)
    const pieces = []
    const seams = [40, 96, 250, 376]
    for (const part of rangesOf('sound', [...seams, all])) {
      const { path: piece, lead } = await encodeOne(plan, part, sourceUrl, folder.path, assetUrls)
      pieces.push(...(await adtsPacketsOf(piece)).slice(lead, lead + part.end - part.start))
    }
    const joined = await samplesOf(pieces)
    assert.equal(joined.length, reference.length)
    for (const seam of seams) {
      const from = seam * 1024 - 2048
      assert.equal(lagBetween(reference, joined, from, 8192), 0, `at packet ${seam}`)
      assert.ok(likenessAt(reference, joined, from, 8192) > 0.8, `at packet ${seam}`)
    }
  })

  test('a GIF that moves stands behind the video as any clip does', async () => {
    await using folder = await temporaryFolder()
    await using task = await serveTask('noisy-body', { outro: { of: 'moving-gif' } }, {})
    const plan = await planServed(task, lossless)
    const { intro, body, outro } = plan.frames
    assert.deepEqual([intro, outro], [0, 30])
    const path = await encodeWhole(plan, task.sourceUrl, folder.path, { assetUrls: task.assetUrls })
    const frames = await framesOf(path)
    assert.equal(frames.length, body + outro)
    assert.ok(new Set(frames.slice(body)).size > 2, 'it moves')
  })

  test('what is done to the video is not done to the clips: they stay whole, upright and on black', async () => {
    await using folder = await temporaryFolder()
    const others = {
      trim: { startSeconds: 2, durationSeconds: 2 },
      rotate: 90,
      fit: { width: 160, height: 160, align: 'left', background: 'blur' },
    }
    const own = {
      intro: { of: 'clip-before', seconds: 1 },
      outro: { of: 'mark', seconds: 0.5 },
      watermark: { of: 'mark' },
    } as const
    await using task = await serveTask('noisy-body', own, others)
    const plan = await planServed(task, lossless)
    const { sourceUrl, assetUrls } = task
    assert.deepEqual(plan.frames, { intro: 30, body: 60, outro: 15, total: 105 })
    const path = await encodeWhole(plan, sourceUrl, folder.path, { assetUrls })
    const whole = await framesOf(path)
    for (const part of rangesOf('picture', [30, 47, 90, 105])) {
      const { path: partPath } = await encodeOne(plan, part, sourceUrl, folder.path, assetUrls)
      assert.deepEqual(await framesOf(partPath), whole.slice(part.start, part.end), `frames from ${part.start}`)
    }
    const bar = { x: 0, y: 0, w: 160, h: 38 }
    assert.ok(Number(await brightnessAt(path, 0.5, bar)) <= 17, 'the clip stands between black bars')
    assert.ok(Number(await brightnessAt(path, 2, { x: 120, y: 0, w: 40, h: 100 })) > 30, 'the video on a blurred one')

    const samples = await soundOf(path)
    assert.ok(plan.audio)
    const body = samples.subarray(plan.audio.samples.intro)
    const source = (await soundOf(await makeVideo('noisy-body'))).subarray(Math.round(plan.source.fromSeconds * 48_000))
    assert.ok(Math.abs(lagBetween(source, body, 256, 8192)) <= 1, `it lags by ${lagBetween(source, body, 256, 8192)}`)
    assert.ok(likenessAt(source, body, 256, 8192) > 0.6)
  })
})
