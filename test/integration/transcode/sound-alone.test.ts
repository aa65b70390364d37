import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { describe, test } from 'node:test'
import { promisify } from 'node:util'
import { planTranscode } from '@reelway/batch/plan/plan.ts'
import { probeSource } from '@reelway/batch/probe/probe.ts'
import type { SoundPresetName } from '@reelway/shared/presets/catalogue.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { alignment, convertSound, samplesOf } from './convert-sound.ts'
import { binaries, lookAt } from './convert-video.ts'

const made: readonly (readonly [VideoName, SoundPresetName])[] = [
  ['recording-wav', 'm4a'],
  ['recording-wav', 'mp3'],
  ['recording-wav', 'opus'],
  ['recording-mp3', 'm4a'],
  ['recording-mp3-bare', 'opus'],
  ['recording-flac', 'mp3'],
  ['recording-ogg', 'm4a'],
  ['recording-opus', 'mp3'],
  ['recording-adts', 'flac'],
  ['recording-aiff', 'opus'],
  ['recording-phone', 'm4a'],
  ['recording-phone', 'mp3'],
  ['recording-with-cover', 'flac'],
  ['video-with-noise', 'mp3'],
]

const PACKET_SECONDS = 1152 / 44100

for (const [source, preset] of made) {
  test(`${source} becomes ${preset} of the same sound and length, to within a packet`, async () => {
    await using conversion = await convertSound(source, preset)
    assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
    if (conversion.result.kind !== 'encoded') return
    const original = await samplesOf(await makeVideo(source))
    const samples = await samplesOf(conversion.outputPath)
    assert.ok(
      Math.abs(samples.length - original.length) <= 48000 * PACKET_SECONDS,
      `${samples.length} samples of ${original.length}`,
    )
    const { durationSeconds } = conversion.result.output
    const heardSeconds = samples.length / 48000
    assert.ok(Math.abs(durationSeconds - heardSeconds) < PACKET_SECONDS, `${durationSeconds} s of ${heardSeconds}`)
    const { lateBy, likeness } = alignment(original, samples, { from: 24000, length: 4800, most: 600 })
    assert.ok(Math.abs(lateBy) <= 1 && likeness > 0.95, `it is late by ${lateBy}, and alike by ${likeness}`)
    const found = await lookAt(conversion.outputPath)
    assert.equal(found.video, undefined)
    assert.equal(found.audio?.codec_name, preset === 'm4a' ? 'aac' : preset)
  })
}

describe('flac', () => {
  for (const [source, bits] of [
    ['recording-wav', 16],
    ['recording-flac', 16],
    ['recording-flac-24', 24],
    ['recording-wav-24', 24],
  ] as const) {
    test(`has every sample of ${source}, bit by bit`, async () => {
      await using conversion = await convertSound(source, 'flac')
      assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
      const format = bits === 16 ? 's16le' : 's32le'
      assert.equal(await checksum(conversion.outputPath, format), await checksum(await makeVideo(source), format))
    })
  }
})

test('sound that begins after the picture is preceded by silence, so that it stays in step with the video', async () => {
  await using conversion = await convertSound('video-sound-late-noise', 'm4a')
  const samples = await samplesOf(conversion.outputPath)
  const level = (from: number, to: number) => Math.max(...samples.subarray(from, to).map(Math.abs))
  assert.ok(level(0, 46000) < 0.01)
  assert.ok(level(49000, 96000) > 0.1)
  assert.ok(Math.abs(samples.length - 3 * 48000) <= 1024, `${samples.length} samples`)
})

test('sound that ends before the picture ends there, and is not taken for cut short', async () => {
  await using conversion = await convertSound('video-sound-short-mkv', 'mp3')
  assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
  assert.ok(Math.abs((await samplesOf(conversion.outputPath)).length - 48000) <= 1152)
})

test('a hundredth of a second becomes sound of that length', async () => {
  for (const preset of ['m4a', 'mp3', 'opus', 'flac'] as const) {
    await using conversion = await convertSound('recording-blink', preset)
    assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
    assert.ok(Math.abs((await samplesOf(conversion.outputPath)).length - 480) <= 1152)
  }
})

test('progress rises to the end', async () => {
  await using conversion = await convertSound('recording-wav', 'mp3')
  assert.ok((conversion.fractions.at(-1) ?? 0) > 0.9)
})

for (const source of ['cut-recording-mp3', 'cut-recording-flac'] as const) {
  test(`${source} is refused as cut short`, async () => {
    await using conversion = await convertSound(source, 'm4a')
    assert.equal(conversion.result.kind === 'refused' && conversion.result.code, 'source_truncated')
  })
}

test('sound that grows too large for the disk is refused in words', async () => {
  // Minutes, so that it grows under the eyes of who watches it.
  await using conversion = await convertSound('five-minutes', 'mp3', {}, 50_000)
  assert.deepEqual(conversion.result, { kind: 'refused', code: 'result_too_large', parameters: { limitMegabytes: 0 } })
})

test('a video without sound has none to convert', async () => {
  await using conversion = await convertSound('silent', 'm4a')
  assert.equal(conversion.result.kind === 'refused' && conversion.result.code, 'no_sound')
})

test('a recording has no picture for a preset that makes one', async () => {
  await using served = await serveFile(await makeVideo('recording-with-cover'))
  const probed = await probeSource(await binaries, served.url, new AbortController().signal)
  if (probed.kind !== 'probed') throw new Error(probed.code)
  const limits = { partBudgetSeconds: 1, wholeBudgetSeconds: 1, cores: 1, costFactor: 1, sourceBytes: 1 }
  const planned = planTranscode(probed.facts, mp4720p, {}, limits)
  assert.equal(planned.kind === 'refused' && planned.code, 'no_picture')
})

const checksum = async (path: string, format: string): Promise<string> => {
  const argv = ['-nostdin', '-v', 'error', '-i', path, '-map', '0:a:0', '-c:a', `pcm_${format}`, '-f', 'md5', '-']
  return (await promisify(execFile)((await binaries).ffmpeg, argv)).stdout
}
