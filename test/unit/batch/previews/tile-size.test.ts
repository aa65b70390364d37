import assert from 'node:assert/strict'
import { test } from 'node:test'
import { posterSize } from '@reelway/batch/previews/poster-size.ts'
import { tileGrid, tileIntervalSeconds } from '@reelway/batch/previews/tile-interval.ts'
import { tileSize } from '@reelway/batch/previews/tile-size.ts'

const sizes: [picture: string, tile: string, poster: string][] = [
  ['1920x1080', '160x90', '1280x720'],
  ['1080x1920', '90x160', '720x1280'],
  ['1000x1000', '120x120', '1000x1000'],
  ['4096x1716', '186x78', '1280x536'],
  ['3840x120', '320x10', '1280x40'],
  ['64x48', '64x48', '64x48'],
  ['5x3', '6x4', '5x3'],
]
for (const [picture, tile, poster] of sizes) {
  test(`a picture of ${picture} has tiles of ${tile} and a poster of ${poster}`, () => {
    const [width = 0, height = 0] = picture.split('x').map(Number)
    const text = (size: { width: number; height: number }) => `${size.width}x${size.height}`
    assert.equal(text(tileSize({ width, height })), tile)
    assert.equal(text(posterSize({ width, height })), poster)
  })
}

test('there are never more than a hundred tiles, and never two within a second', () => {
  for (const durationSeconds of [0.1, 3, 60, 99, 100, 101, 3600, 43_200]) {
    const interval = tileIntervalSeconds(durationSeconds)
    assert.ok(interval >= 1)
    // One in each stretch, and one at the very end.
    assert.ok(Math.floor(durationSeconds / interval) + 1 <= 100, String(durationSeconds))
  }
})

test('the tiles of a sprite fill rows of ten', () => {
  assert.deepEqual(tileGrid(1), { columns: 1, rows: 1 })
  assert.deepEqual(tileGrid(10), { columns: 10, rows: 1 })
  assert.deepEqual(tileGrid(11), { columns: 10, rows: 2 })
  assert.deepEqual(tileGrid(100), { columns: 10, rows: 10 })
})
