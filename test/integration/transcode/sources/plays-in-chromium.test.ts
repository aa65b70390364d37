import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findChromium, playInChromium } from '../../../support/play-in-chromium.ts'
import type { VideoName } from '../../../videos/recipes.ts'
import { convertVideo } from '../convert-video.ts'

/** The source, and the size and the seconds that the result is to be played with. */
const table = [
  ['phone-portrait', 180, 320, 2],
  ['one-marked-frame', 320, 180, 1 / 30],
  ['a-moment', 320, 180, 0.2],
  ['at-240', 320, 180, 2],
  ['odd-sides', 320, 180, 2],
  ['cut-by-edit-list', 320, 180, 1.3],
  ['clock-returns-ts', 320, 180, 4],
] as const satisfies readonly (readonly [VideoName, number, number, number])[]

const chromium = findChromium()
const skip = chromium === undefined ? 'Chromium is not installed' : false
// The corner is painted 200, 40, 40.
const CORNER = [200, 40, 40]

test('Chromium plays what comes of odd sources to their end, upright, in the right shape and colour', {
  skip,
}, async () => {
  await using stack = new AsyncDisposableStack()
  const paths: string[] = []
  for (const [name] of table) {
    const conversion = stack.use(await convertVideo(name, 'mp4-720p'))
    assert.equal(conversion.result.kind, 'encoded', name)
    paths.push(conversion.outputPath)
  }
  const results = await playInChromium(chromium ?? '', paths, 180)
  for (const [index, [name, width, height, seconds]] of table.entries()) {
    const played = results[index]
    assert.equal(played?.error, undefined, `${name}: ${played?.error}`)
    assert.deepEqual([played?.width, played?.height], [width, height], name)
    assert.ok(Math.abs((played?.seconds ?? 0) - seconds) <= 0.05, `${name} takes ${played?.seconds} s`)
    const off = Math.max(...CORNER.map((level, colour) => Math.abs(level - (played?.corner[colour] ?? 999))))
    assert.ok(off <= 14, `${name}: the corner is ${played?.corner.join(' ')}`)
  }
})
