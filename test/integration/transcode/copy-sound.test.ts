import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import { makeVideo } from '../../videos/make-video.ts'
import { alignment, samplesOf } from './convert-sound.ts'
import { temporaryFolder } from './convert-video.ts'
import { copySoundOf } from './copy-sound-of.ts'
import { soundPacketsOf } from './encode-parts.ts'

for (const [source, preset] of [
  ['video-with-noise', 'm4a'],
  ['recording-with-cover', 'mp3'],
  ['recording-mp3', 'mp3'],
  ['recording-opus', 'opus'],
  ['recording-flac', 'flac'],
] as const) {
  test(`${source} becomes ${preset} packet by packet, in step, and without its cover`, async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, `copied.${presets[preset].container.extension}`)
    const result = await copySoundOf(source, preset, path)
    assert.equal(result.kind, 'encoded', JSON.stringify(result))
    const original = await makeVideo(source)
    assert.deepEqual(await soundPacketsOf(path), await soundPacketsOf(original))
    const [before, after] = [await samplesOf(original), await samplesOf(path)]
    const { lateBy, likeness } = alignment(before, after, { from: 24000, length: 4800, most: 2000 })
    assert.ok(likeness > 0.99 && lateBy === 0, `late by ${lateBy}, ${likeness}`)
    // What its encoder put before and behind it is not heard: the tag of an mp3 says how much of it there is.
    if (preset !== 'm4a') assert.equal(after.length, before.length)
  })
}
