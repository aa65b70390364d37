import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { countSoundPackets } from '@reelway/batch/ffmpeg/sound-packets.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { temporaryFolder } from './convert-video.ts'
import { encodeOne, encodeWhole, rangesOf, soundPacketsOf, wholePlan } from './encode-parts.ts'
import { adtsPacketsOf, lagBetween, likenessAt, samplesOf } from './join-adts.ts'
import { rowsInTurn } from './rows-in-turn.ts'

const SAMPLES_OF_A_PACKET = 1024

suite('parts of the sound', { concurrency: 2 }, () => {
  for (const [name, preset] of [
    ['open-gop', 'mp4-720p'],
    ['browser-recording', 'webm-720p'],
  ] as const) {
    test(`the sound of ${name} as one part has the very packets of the whole of ${preset}`, async () => {
      await using folder = await temporaryFolder()
      await using served = await serveFile(await makeVideo(name))
      const plan = await wholePlan(served.url, presets[preset])
      assert.ok(plan.audio)
      const whole = await soundPacketsOf(await encodeWhole(plan, served.url, folder.path))
      const [range] = rangesOf('sound', [countSoundPackets(plan.audio)])
      assert.ok(range)
      const { path, lead } = await encodeOne(plan, range, served.url, folder.path)
      assert.equal(lead, 0)
      assert.deepEqual(await soundPacketsOf(path), whole)
    })
  }

  const sources: VideoName[] = ['open-gop', 'open-gop-ts', 'open-gop-mkv', 'gap', 'rare-keys-ts', 'picture-much-later']
  for (const name of rowsInTurn(sources, 3)) {
    test(`sound of ${name} that is encoded in pieces is in step with the whole at every seam, and as long`, async () => {
      await using folder = await temporaryFolder()
      await using served = await serveFile(await makeVideo(name))
      const plan = await wholePlan(served.url, presets['mp4-720p'])
      assert.ok(plan.audio)
      const all = countSoundPackets(plan.audio)
      const [range] = rangesOf('sound', [all])
      assert.ok(range)
      const whole = await samplesOf(await adtsPacketsOf((await encodeOne(plan, range, served.url, folder.path)).path))
      const seam = 450
      const pieces = []
      for (const part of rangesOf('sound', [seam, all])) {
        const { path, lead } = await encodeOne(plan, part, served.url, folder.path)
        pieces.push(...(await adtsPacketsOf(path)).slice(lead, lead + part.end - part.start))
      }
      const joined = await samplesOf(pieces)
      assert.equal(joined.length, whole.length)
      const at = seam * SAMPLES_OF_A_PACKET
      // Across the seam, right behind it, and a second later.
      for (const from of [at - 4096, at, at + 48_000]) {
        assert.equal(lagBetween(whole, joined, from, 8192), 0)
        assert.ok(likenessAt(whole, joined, from, 8192) > 0.8, `${likenessAt(whole, joined, from, 8192)}`)
      }
    })
  }
})
