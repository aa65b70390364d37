import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { findChromium, playInChromium } from '../../support/play-in-chromium.ts'
import { convertVideo } from './convert-video.ts'
import { rowsInTurn } from './rows-in-turn.ts'

/** One preset of every codec and container. HEVC is played by few builds of Chromium: on systems whose own decoder it may use. */
const NAMES = ['league', 'mp4-720p', 'webm-720p', 'av1-mp4-720p', 'av1-webm-720p', 'hevc-1080p'] as const

const chromium = findChromium()

suite('in Chromium', { skip: chromium === undefined ? 'Chromium is not installed' : false }, () => {
  for (const name of rowsInTurn(NAMES, 2)) {
    test(`${name} is played to its end, with sound, in its size and with its colours`, async (context) => {
      await using conversion = await convertVideo('bright-second', name)
      assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
      const { plan } = conversion
      assert.ok(plan !== undefined)
      const [played] = await playInChromium(chromium ?? '', [conversion.outputPath], 120)
      assert.ok(played !== undefined)
      if (plan.video.codec === 'hevc' && played.width === 0) {
        context.skip('this Chromium has no decoder for HEVC: it plays the sound alone')
        return
      }
      assert.equal(played.error, undefined)
      assert.deepEqual([played.width, played.height], [plan.canvas.width, plan.canvas.height])
      assert.equal(played.frames, plan.frames.total)
      const seconds = (plan.frames.total * plan.frameRate.den) / plan.frameRate.num
      assert.ok(Math.abs(played.seconds - seconds) < 0.05, `${played.seconds} s`)
      assert.ok(played.soundBytes > 0, 'it has sound')
      // The last picture of league is our logo.
      if (name === 'league') return
      assert.ok(Math.min(...played.left) > 230, `the left half is white, not ${played.left}`)
      assert.ok(Math.max(...played.right) < 25, `the right half is black, not ${played.right}`)
    })
  }
})
