import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { countSoundPackets } from '@reelway/batch/ffmpeg/sound-packets.ts'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { convertVideo, temporaryFolder } from './convert-video.ts'
import { encodeOne, encodeWhole, framesOf, rangesOf, wholePlan } from './encode-parts.ts'
import { adtsPacketsOf, lagBetween, likenessAt, samplesOf } from './join-adts.ts'
import { numbersFrom, numbersOf, soundOf } from './read-numbers.ts'
import { rowsInTurn } from './rows-in-turn.ts'

const trimmed = (startSeconds: number, durationSeconds?: number) =>
  taskOptions.parse({ trim: { startSeconds, durationSeconds } })

const lossless: Preset = { ...mp4720p, video: { ...mp4720p.video, speed: 'ultrafast', crf: 0 } }

/** The clip, where it is cut in seconds, and the numbers of the frames that are left. */
const table: readonly (readonly [VideoName, number, number | undefined, number, number])[] = [
  ['numbered', 0, 1, 0, 30],
  ['numbered', 0.5, 0.5, 15, 30],
  ['numbered', 7, 2, 210, 270],
  // Between two frames: the nearer one.
  ['numbered', 7.01, 2, 210, 270],
  ['numbered', 7.0166, 1, 210, 240],
  ['numbered', 7.0168, 1, 211, 241],
  ['numbered', 15, undefined, 450, 480],
  ['numbered', 15.99, undefined, 479, 480],
  // The sound of these begins 23 ms before their picture, and with it their times.
  ['numbered-mkv', 9.1, 1, 272, 302],
  ['numbered-ts', 13.3, 1.5, 398, 443],
  ['numbered-ntsc', 10.01, 1.001, 300, 330],
]

suite('trim', { concurrency: 2 }, () => {
  for (const [name, start, duration, first, end] of rowsInTurn(table, 6)) {
    test(`${name} from ${start} s for ${duration ?? 'all'} s holds exactly its frames ${first} to ${end}`, async () => {
      await using conversion = await convertVideo(name, 'mp4-720p', { options: trimmed(start, duration) })
      assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
      assert.deepEqual(await numbersOf(conversion.outputPath), numbersFrom(first, end))
    })
  }

  test('league shows its 18 s from the start of the trim on, between its logos', async () => {
    await using conversion = await convertVideo('numbered', 'league', { options: trimmed(12) })
    assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
    const numbers = await numbersOf(conversion.outputPath, { x: 0, y: 0, w: 640, h: 360 })
    assert.equal(numbers.length, 30 + 120 + 30)
    assert.deepEqual(numbers.slice(30, 150), numbersFrom(360, 480))
  })

  const begun = [
    ['numbered', 9.1],
    ['numbered-mkv', 9.1],
    ['numbered-ts', 13.3],
    ['numbered-ntsc', 10.01],
  ] as const
  for (const [name, start] of rowsInTurn(begun, 2)) {
    test(`the sound of ${name} from ${start} s on is in step to the sample, between the logos of league, too`, async () => {
      const source = await soundOf(await makeVideo(name))
      for (const [preset, logoSeconds] of [['mp4-720p', 0] as const, ['league', 1] as const]) {
        await using conversion = await convertVideo(name, preset, { options: trimmed(start, 2) })
        assert.ok(conversion.plan !== undefined)
        const from = Math.round(conversion.plan.source.fromSeconds * 48_000)
        const logo = conversion.plan.audio?.samples.intro ?? 0
        assert.equal(logo > 0, logoSeconds > 0)
        const result = (await soundOf(conversion.outputPath)).subarray(logo)
        for (const at of [4096, 24_000, 72_000]) {
          assert.equal(lagBetween(source.subarray(from), result, at, 8192), 0, `${preset} after ${at} samples`)
        }
      }
    })
  }

  for (const name of rowsInTurn(['numbered', 'numbered-mkv', 'numbered-ts', 'numbered-ntsc'] as const, 2)) {
    test(`the parts of a trimmed ${name} hold exactly the frames and the sound of its whole`, async () => {
      await using folder = await temporaryFolder()
      await using served = await serveFile(await makeVideo(name))
      const plan = await wholePlan(served.url, lossless, trimmed(1.7, 12))
      const whole = await encodeWhole(plan, served.url, folder.path)
      const frames = await framesOf(whole)
      assert.equal(frames.length, plan.frames.body)
      for (const part of rangesOf('picture', [1, 200, plan.frames.body])) {
        const { path } = await encodeOne(plan, part, served.url, folder.path)
        assert.deepEqual(await framesOf(path), frames.slice(part.start, part.end), `${part.start} to ${part.end}`)
      }
      assert.ok(plan.audio)
      const pieces = []
      for (const part of rangesOf('sound', [400, countSoundPackets(plan.audio)])) {
        const { path, lead } = await encodeOne(plan, part, served.url, folder.path)
        pieces.push(...(await adtsPacketsOf(path)).slice(lead, lead + part.end - part.start))
      }
      const [joined, sound] = [await samplesOf(pieces), await samplesOf(await adtsPacketsOf(whole))]
      assert.equal(joined.length, sound.length)
      for (const from of [8192, 400 * 1024 - 4096, 400 * 1024, 440_000]) {
        assert.equal(lagBetween(sound, joined, from, 8192), 0)
        assert.ok(likenessAt(sound, joined, from, 8192) > 0.8)
      }
    })
  }

  test('the parts of a recording that counts time in frames have those of its whole at another rate, too', async () => {
    await using folder = await temporaryFolder()
    await using served = await serveFile(await makeVideo('numbered-avi'))
    const plan = await wholePlan(
      served.url,
      lossless,
      taskOptions.parse({ trim: { startSeconds: 1.3 }, maxFrameRate: 24 }),
    )
    assert.deepEqual(plan.frameRate, { num: 24, den: 1 })
    const frames = await framesOf(await encodeWhole(plan, served.url, folder.path))
    for (const part of rangesOf('picture', [100, 220, plan.frames.body])) {
      const { path } = await encodeOne(plan, part, served.url, folder.path)
      assert.deepEqual(await framesOf(path), frames.slice(part.start, part.end), `${part.start} to ${part.end}`)
    }
  })

  test('a trim that begins where the video ends, or behind it, is refused with both numbers', async () => {
    for (const start of [16, 100]) {
      await using conversion = await convertVideo('numbered', 'mp4-720p', { options: trimmed(start) })
      assert.deepEqual(conversion.result, {
        ...{ kind: 'refused', code: 'trim_outside_video' },
        parameters: { startSeconds: start, durationSeconds: 16 },
      })
    }
  })

  test('a trim of a video that is cut short before it ends says so', async () => {
    await using conversion = await convertVideo('cut-five-minutes', 'mp4-720p', { options: trimmed(250, 2) })
    assert.equal(conversion.result.kind === 'refused' && conversion.result.code, 'source_truncated')
  })
})
