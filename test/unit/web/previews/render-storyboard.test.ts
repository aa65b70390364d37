import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderStoryboard } from '@reelway/web/previews/render-storyboard.ts'

const storyboard = (startsMillis: number[], endMillis: number, columns = 2) => ({
  sprite: { objectName: 'outputs/some/storyboard.jpg', generation: '1', contentType: 'image/jpeg' },
  ...{ tileWidth: 160, tileHeight: 90, columns, startsMillis, endMillis },
})

test('every picture stands until the next one does, and the last to the end of the result', () => {
  const text = renderStoryboard(storyboard([0, 1_500, 4_000], 5_033), 'https://storage.example/s.jpg?a=b')
  assert.equal(
    text,
    `WEBVTT

00:00:00.000 --> 00:00:01.500
https://storage.example/s.jpg?a=b#xywh=0,0,160,90

00:00:01.500 --> 00:00:04.000
https://storage.example/s.jpg?a=b#xywh=160,0,160,90

00:00:04.000 --> 00:00:05.033
https://storage.example/s.jpg?a=b#xywh=0,90,160,90
`,
  )
})

test('a result of twelve hours has times of two digits for hours', () => {
  const text = renderStoryboard(storyboard([0, 43_199_001], 43_200_000), 'https://storage.example/s.jpg')
  assert.match(text, /^11:59:59\.001 --> 12:00:00\.000$/m)
})
