import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { presets, type SoundPresetName } from '@reelway/shared/presets/catalogue.ts'
import { hearInChromium } from '../../support/hear-in-chromium.ts'
import { findChromium } from '../../support/play-in-chromium.ts'
import { makeVideo } from '../../videos/make-video.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { alignment, convertSound, samplesOf } from './convert-sound.ts'
import { temporaryFolder } from './convert-video.ts'
import { copySoundOf } from './copy-sound-of.ts'

const RATE_HZ = 48000

const chromium = findChromium()
const skip = chromium === undefined ? 'Chromium is not installed' : false

const made: readonly (readonly [how: 'encoded' | 'copied', VideoName, SoundPresetName])[] = [
  ['encoded', 'recording-wav', 'm4a'],
  ['encoded', 'recording-wav', 'mp3'],
  ['encoded', 'recording-wav', 'opus'],
  ['encoded', 'recording-wav', 'flac'],
  ['copied', 'video-with-noise', 'm4a'],
  ['copied', 'recording-mp3', 'mp3'],
  ['copied', 'recording-opus', 'opus'],
]

test('Chromium begins every sound with its first sample and ends with its last, encoded or copied', {
  skip,
}, async () => {
  await using opened = new AsyncDisposableStack()
  const files = []
  for (const [how, source, preset] of made) {
    const { contentType, extension } = presets[preset].container
    if (how === 'encoded') {
      files.push({ path: opened.use(await convertSound(source, preset)).outputPath, contentType })
    } else {
      const path = join(opened.use(await temporaryFolder()).path, `copied.${extension}`)
      assert.equal((await copySoundOf(source, preset, path)).kind, 'encoded')
      files.push({ path, contentType })
    }
  }
  const heard = await hearInChromium(chromium ?? '', files, 240)
  for (const [index, [how, source, preset]] of made.entries()) {
    const original = await samplesOf(await makeVideo(source))
    const { samples = new Float32Array(), seconds = 0 } = heard[index] ?? {}
    const what = `${source} ${how} as ${preset}`
    // Lossy encoders are less like the original where there is nothing more to come.
    const least = how === 'encoded' && preset === 'opus' ? 0.7 : 0.95
    for (const from of [1500, 2 * RATE_HZ - 6000]) {
      const { lateBy, likeness } = alignment(original, samples, { from, length: 4800, most: 1100 })
      assert.ok(lateBy === 0 && likeness > least, `${what}, from ${from}: late by ${lateBy}, alike by ${likeness}`)
    }
    assert.equal(samples.length, 2 * RATE_HZ, what)
    // Of an Ogg it counts what is put before the first sample, 6.5 ms.
    assert.ok(Math.abs(seconds - 2) < (preset === 'opus' ? 0.007 : 0.0001), `${what}: ${seconds} s`)
  }
})
