import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { encodePart } from '@reelway/batch/transcode/encode-part.ts'
import { handOver } from '@reelway/batch/transcode/hand-over.ts'
import { transcodeSource } from '@reelway/batch/transcode/transcode.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { webm720p } from '@reelway/shared/presets/webm-720p.ts'
import { type Fault, serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import { binaries, temporaryFolder } from './convert-video.ts'
import { encodeOne, encodeWhole, framesOf, wholePlan } from './encode-parts.ts'

// Key frames every few frames, so that some are there however slow the machine is, and encoders that take a minute for it all.
const slow: VideoPreset = { ...mp4720p, video: { ...mp4720p.video, speed: 'slow', crf: 0, keyframeSeconds: 0.2 } }
// As large, in a second or two.
const quickVideo = { ...mp4720p.video, speed: 'ultrafast', crf: 0, keyframeSeconds: 0.2 } as const
const quick: VideoPreset = { ...mp4720p, video: quickVideo }
const AFTER_SECONDS = 6

/** A conversion of 20 s of 1280x720 that will not be done in time; a fault comes after its plan is made. */
const tooMuch = async (preset: VideoPreset, fault?: Fault) => {
  await using stack = new AsyncDisposableStack()
  const path = await makeVideo('takes-a-while')
  const folder = stack.use(await temporaryFolder())
  const whole = stack.use(await serveFile(path))
  const plan = await wholePlan(whole.url, preset)
  const served = fault === undefined ? whole : stack.use(await serveFile(path, fault))
  const fractions: number[] = []
  const request = {
    ...{ binaries: await binaries, plan, sourceUrl: served.url, outputPath: join(folder.path, 'stopped'), threads: 1 },
    ...{ stallLimitSeconds: 60, wallClockLimitSeconds: 60, handOverAfterSeconds: AFTER_SECONDS },
    ...{ signal: new AbortController().signal, onProgress: (fraction: number) => fractions.push(fraction) },
  }
  const owned = stack.move()
  return { folder, served, plan, request, fractions, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** The packets of the picture of a file, in the order in which they are decoded. */
const picturePacketsOf = async (path: string) => {
  const argv = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts,dts,flags', '-of', 'csv=p=0', path]
  const { stdout } = await promisify(execFile)((await binaries).ffprobe, argv)
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.split(','))
    .map(([pts, dts, flags = '']) => ({ pts: Number(pts), dts: Number(dts), flags }))
}

suite('handing over', { concurrency: 2 }, () => {
  test('what is kept of a part that was stopped, and the rest that is encoded later, are exactly the frames of the part', async () => {
    await using work = await tooMuch(slow)
    const { plan, request, served, folder, fractions } = work
    const part = { stream: 'picture', start: 30, end: 570, weight: 1 } as const
    const result = await encodePart({ ...request, part })
    assert.equal(result.kind, 'handed-over', JSON.stringify(result))
    const kept = result.kind === 'handed-over' ? result.kept : 0
    assert.ok(kept > 0 && kept < 540, `${kept} frames are kept`)
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
    )

    const quick = { ...plan, video: { ...mp4720p.video, speed: 'ultrafast', crf: 0 } } as const
    const until = { ...part, end: 30 + kept + 30 }
    const all = await framesOf((await encodeOne(quick, until, served.url, folder.path)).path)
    const rest = await framesOf((await encodeOne(quick, { ...until, start: 30 + kept }, served.url, folder.path)).path)
    assert.deepEqual([...(await framesOf(request.outputPath)).slice(0, kept), ...rest], all)
  })

  test('a whole that was stopped keeps the frames before its last key frame, beside its sound', async () => {
    await using work = await tooMuch(slow)
    const result = await transcodeSource(work.request)
    assert.equal(result.kind, 'handed-over', JSON.stringify(result))
    const kept = result.kind === 'handed-over' ? result.kept : 0
    const packets = await picturePacketsOf(work.request.outputPath)
    assert.ok(kept > 0 && kept < packets.length, `${kept} of ${packets.length} frames are kept`)
    assert.match(packets[kept]?.flags ?? '', /^K/)
  })

  test('what is kept of a webm becomes an mp4 in which every frame is in its exact time again', async () => {
    await using folder = await temporaryFolder()
    await using served = await serveFile(await makeVideo('ntsc'))
    const video = { ...webm720p.video, keyframeSeconds: 0.5 }
    const plan = await wholePlan(served.url, { ...webm720p, video })
    const outputPath = await encodeWhole(plan, served.url, folder.path)
    const stopped = { binaries: await binaries, plan, outputPath, container: 'webm', encodeSeconds: 1 } as const
    const signal = new AbortController().signal
    const { kept } = await handOver({ ...stopped, signal }, { framesDone: 50, isClosed: true })
    // Of the key frames 0, 15, 30, 45, 60 and 75, the last of the first 50 frames.
    assert.equal(kept, 45)
    for (const [index, { pts, dts }] of (await picturePacketsOf(outputPath)).slice(0, kept).entries()) {
      assert.deepEqual([pts, dts], [index * 1001, index * 1001])
    }
  })

  test('a part whose source goes silent has nothing to keep when its time is up, and leaves no ffmpeg', async () => {
    await using work = await tooMuch(slow, { kind: 'silent', atByte: 60_000 })
    const part = { stream: 'picture', start: 0, end: 600, weight: 1 } as const
    const result = await encodePart({ ...work.request, part, handOverAfterSeconds: 2 })
    assert.equal(result.kind === 'handed-over' && result.kept, 0, JSON.stringify(result))
  })

  test('sound keeps nothing', async () => {
    await using work = await tooMuch(slow, { kind: 'silent', atByte: 900_000 })
    const part = { stream: 'sound', start: 0, end: 939, weight: 1 } as const
    const result = await encodePart({ ...work.request, part, handOverAfterSeconds: 2 })
    assert.equal(result.kind === 'handed-over' && result.kept, 0, JSON.stringify(result))
  })

  test('a preset that cannot be cut hands nothing over: its time is up', async () => {
    await using work = await tooMuch({ ...slow, partable: false })
    const result = await transcodeSource({ ...work.request, handOverAfterSeconds: 1, wallClockLimitSeconds: 2 })
    assert.equal(result.kind === 'refused' && result.code, 'conversion_timed_out', JSON.stringify(result))
  })

  test('a whole that grows too large for the disk keeps what is before its last key frame', async () => {
    await using work = await tooMuch(quick)
    const { request, plan, served, folder } = work
    const result = await transcodeSource({ ...request, outputLimitBytes: 6_000_000, handOverAfterSeconds: 50 })
    assert.equal(result.kind, 'handed-over', JSON.stringify(result))
    const kept = result.kind === 'handed-over' ? result.kept : 0
    const packets = await picturePacketsOf(request.outputPath)
    assert.ok(kept > 0 && kept < packets.length, `${kept} of ${packets.length} frames are kept`)
    assert.match(packets[kept]?.flags ?? '', /^K/)
    const part = { stream: 'picture', start: 0, end: kept, weight: 1 } as const
    const all = await framesOf((await encodeOne(plan, part, served.url, folder.path)).path)
    assert.deepEqual((await framesOf(request.outputPath)).slice(0, kept), all)
  })

  test('a part that grows too large for the disk does the same, long before its source has been read', async () => {
    await using work = await tooMuch(quick)
    const { request } = work
    const part = { stream: 'picture', start: 0, end: 600, weight: 1 } as const
    const result = await encodePart({ ...request, part, outputLimitBytes: 6_000_000, handOverAfterSeconds: 50 })
    assert.equal(result.kind, 'handed-over', JSON.stringify(result))
    const kept = result.kind === 'handed-over' ? result.kept : 0
    const packets = await picturePacketsOf(request.outputPath)
    assert.ok(kept > 0 && kept < packets.length, `${kept} of ${packets.length} frames are kept`)
    assert.match(packets[kept]?.flags ?? '', /^K/)
  })

  test('so does a sound, of which nothing is kept', async () => {
    await using work = await tooMuch(quick)
    const part = { stream: 'sound', start: 0, end: 939, weight: 1 } as const
    const request = { ...work.request, part, outputLimitBytes: 20_000, handOverAfterSeconds: 50 }
    const result = await encodePart(request)
    assert.equal(result.kind === 'handed-over' && result.kept, 0, JSON.stringify(result))
  })

  test('a result that grows too large for the disk, and cannot be cut, is refused in words', async () => {
    await using work = await tooMuch({ ...quick, partable: false })
    const result = await transcodeSource({ ...work.request, outputLimitBytes: 6_000_000, handOverAfterSeconds: 50 })
    assert.deepEqual(result, { kind: 'refused', code: 'result_too_large', parameters: { limitMegabytes: 6 } })
  })
})
