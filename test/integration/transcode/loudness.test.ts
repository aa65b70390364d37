import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import type { AssetUrls } from '@reelway/batch/ffmpeg/input-args.ts'
import { loudnessArgs } from '@reelway/batch/ffmpeg/loudness-args.ts'
import { isHeard } from '@reelway/batch/ffmpeg/sound-graph.ts'
import { countSoundPackets, soundFormat } from '@reelway/batch/ffmpeg/sound-packets.ts'
import { planGain } from '@reelway/batch/plan/plan-gain.ts'
import { LOGO_PATH } from '@reelway/batch/transcode/logo-path.ts'
import { measureLoudness } from '@reelway/batch/transcode/measure-loudness.ts'
import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import { hls } from '@reelway/shared/presets/hls.ts'
import { league } from '@reelway/shared/presets/league.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import { webm720p } from '@reelway/shared/presets/webm-720p.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import { convertSound, samplesOf } from './convert-sound.ts'
import { binaries, lookAt, temporaryFolder } from './convert-video.ts'
import { encodeOne, encodeWhole, rangesOf, soundPacketsOf, wholePlan } from './encode-parts.ts'
import { loudnessOf, summedLufsOf } from './loudness-of.ts'
import { planServed, serveTask } from './serve-assets.ts'

const asked = { integratedLufs: -23, truePeakDb: -1.5 }

const louder = async (sourceUrl: string, options: TaskOptions) =>
  await measuredPlan(await wholePlan(sourceUrl, mp4720p, options), { sourceUrl })

const measuredPlan = async (plan: EncodePlan, urls: { sourceUrl: string; assetUrls?: AssetUrls }) => {
  if (plan.audio === null) throw new Error('no sound was planned')
  const measured = await measureLoudness({
    binaries: await binaries,
    argvAt: () => loudnessArgs(plan, { ...urls, logoPath: LOGO_PATH }),
    wallClockLimitSeconds: 60,
    stallLimitSeconds: 60,
    signal: new AbortController().signal,
  })
  if (measured.kind !== 'measured') throw new Error(JSON.stringify(measured))
  return { ...plan, audio: { ...plan.audio, gainDb: planGain(measured.loudness, asked) } }
}

test('a video gets the loudness that is asked for, measured over what is heard of it and nothing else', async () => {
  await using served = await serveFile(await makeVideo('video-rising'))
  await using folder = await temporaryFolder()
  for (const trim of [
    { startSeconds: 0, endSeconds: 4, atKeyframes: false },
    { startSeconds: 4.2, atKeyframes: false },
  ]) {
    const plan = await louder(served.url, { trim })
    const path = await encodeWhole(plan, served.url, folder.path, { name: `from-${trim.startSeconds}` })
    const { integratedLufs } = await loudnessOf(path)
    assert.ok(Math.abs(integratedLufs - asked.integratedLufs) <= 0.5, `${integratedLufs} LUFS`)
  }
})

for (const source of ['mono-then-stereo-ts', 'mono-then-stereo-mp3'] as const) {
  test(`all of ${source} is measured, not what comes after its format has changed`, async () => {
    await using conversion = await convertSound(source, 'flac', { loudness: asked })
    assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
    const integratedLufs = await summedLufsOf(conversion.outputPath)
    assert.ok(Math.abs(integratedLufs - asked.integratedLufs) <= 0.2, `${integratedLufs} LUFS`)
  })
}

test('a video without sound gets it by the sound of its intro', async () => {
  await using folder = await temporaryFolder()
  await using task = await serveTask('silent', { intro: { of: 'clip-before' } })
  const planned = await planServed(task, mp4720p)
  assert.equal(planned.audio?.from, 'silence')
  assert.ok(isHeard(planned))
  const plan = await measuredPlan(planned, task)
  const integratedLufs = await summedLufsOf(await encodeWhole(plan, task.sourceUrl, folder.path, task))
  // White noise: an encoder takes more than 1 LU of it.
  assert.ok(Math.abs(integratedLufs - asked.integratedLufs) <= 1.5, `${integratedLufs} LUFS`)
  assert.ok(plan.audio.gainDb < -10, `${plan.audio.gainDb} dB`)
})

for (const preset of [mp4720p, webm720p, hls]) {
  test(`a clip before and a picture after are measured with the video, and all of it is as loud as asked in ${preset.name}`, async () => {
    await using folder = await temporaryFolder()
    const own = { intro: { of: 'video-with-noise' }, outro: { of: 'title-png', seconds: 1 } } as const
    await using task = await serveTask('video-rising', own)
    const plan = await measuredPlan(await planServed(task, preset), task)
    const [sound] = rangesOf('sound', [countSoundPackets(plan.audio)])
    assert.ok(sound)
    const { path } = await encodeOne(plan, sound, task.sourceUrl, folder.path, task.assetUrls)
    const integratedLufs = await summedLufsOf(path)
    assert.ok(Math.abs(integratedLufs - asked.integratedLufs) <= 0.5, `${integratedLufs} LUFS`)
  })
}

for (const preset of ['m4a', 'mp3', 'opus'] as const) {
  test(`${preset} stays within half a decibel of the peak that was asked for, which its encoder does not know of`, async () => {
    const loud = { integratedLufs: -8, truePeakDb: -1.5 }
    await using conversion = await convertSound('recording-click', preset, { loudness: loud, quality: 'smallest' })
    const { truePeakDb } = await loudnessOf(conversion.outputPath)
    assert.ok(truePeakDb <= loud.truePeakDb + 0.5, `${truePeakDb} dBTP`)
  })
}

test('a league clip of a video without sound has silence that is not measured', async () => {
  await using task = await serveTask('silent', {})
  const plan = await planServed(task, league)
  assert.ok(plan.audio)
  assert.ok(!isHeard(plan))
})

test('parts of a sound that is made louder are those of the whole, packet by packet', async () => {
  await using served = await serveFile(await makeVideo('open-gop'))
  await using folder = await temporaryFolder()
  const plan = await louder(served.url, {})
  assert.notEqual(plan.audio.gainDb, 0)
  const whole = await soundPacketsOf(await encodeWhole(plan, served.url, folder.path))
  const border = soundFormat(plan.audio).alignmentPackets
  const parts: string[] = []
  for (const part of rangesOf('sound', [border, countSoundPackets(plan.audio)])) {
    const { path, lead } = await encodeOne(plan, part, served.url, folder.path)
    parts.push(...(await soundPacketsOf(path)).slice(lead, lead + part.end - part.start))
  }
  assert.deepEqual(parts, whole)
})

test('sound alone gets it too', async () => {
  await using conversion = await convertSound('recording-wav', 'm4a', { loudness: asked })
  assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
  const { integratedLufs } = await loudnessOf(conversion.outputPath)
  assert.ok(Math.abs(integratedLufs - asked.integratedLufs) <= 0.5, `${integratedLufs} LUFS`)
})

test('a click keeps all the rest quieter than was asked, and stays below the peak', async () => {
  const loud = { integratedLufs: -12, truePeakDb: -2 }
  await using conversion = await convertSound('recording-click', 'flac', { loudness: loud })
  const { integratedLufs, truePeakDb } = await loudnessOf(conversion.outputPath)
  assert.ok(integratedLufs < -13, `${integratedLufs} LUFS`)
  assert.ok(Math.abs(truePeakDb - loud.truePeakDb) < 0.3, `${truePeakDb} dBTP`)
})

test('silence stays silent, and a hundredth of a second stays as it is', async () => {
  await using silence = await convertSound('recording-silence', 'flac', { loudness: asked })
  assert.equal(silence.plan?.gainDb, 0)
  assert.ok((await samplesOf(silence.outputPath)).every((sample) => sample === 0))
  await using blink = await convertSound('recording-blink', 'flac', { loudness: asked })
  assert.equal(blink.plan?.gainDb, 0)
})

test('sound alone is trimmed to the sample', async () => {
  const trim = { startSeconds: 0.5, endSeconds: 1.25, atKeyframes: false }
  await using conversion = await convertSound('recording-flac', 'flac', { trim })
  assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
  await using all = await convertSound('recording-flac', 'flac')
  const [stretch, whole] = [await samplesOf(conversion.outputPath), await samplesOf(all.outputPath)]
  assert.equal(stretch.length, 0.75 * 48000)
  // Away from where resampling to 48 kHz hears that there is nothing before.
  assert.deepEqual(
    [...stretch.subarray(4800, 4810)].map(thousandths),
    [...whole.subarray(28800, 28810)].map(thousandths),
  )
})

test('a trim that begins after the sound is refused with both times', async () => {
  const trim = { startSeconds: 5, atKeyframes: false }
  await using conversion = await convertSound('recording-flac', 'mp3', { trim })
  assert.deepEqual(conversion.result, {
    kind: 'refused',
    code: 'trim_outside_video',
    parameters: { startSeconds: 5, durationSeconds: 2 },
  })
})

test('a video that is muted has no sound track, and lasts as long', async () => {
  await using served = await serveFile(await makeVideo('video-with-noise'))
  await using folder = await temporaryFolder()
  const plan = await wholePlan(served.url, mp4720p, { mute: true, loudness: asked })
  const found = await lookAt(await encodeWhole(plan, served.url, join(folder.path)))
  assert.equal(found.audio, undefined)
  assert.equal(found.durationSeconds, 2)
})

const thousandths = (sample: number): number => Math.round(sample * 1000)
