import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderStoryboard } from '@reelway/web/previews/render-storyboard.ts'
import { readStoryboard } from '../../../../../services/web/page/player/read-storyboard.ts'
import { tileAt } from '../../../../../services/web/page/player/tile-at.ts'

const SPRITE = 'https://storage.example/outputs/sprite.jpg?X-Goog-Signature=a1b2'

const cue = (times: string, place: string): string => `${times}\n${place}`
const vtt = (...cues: string[]): string => `${['WEBVTT', ...cues].join('\n\n')}\n`

test('what web writes is read with every time and place in it', () => {
  const sprite = { objectName: 'outputs/some/storyboard.jpg', generation: '1', contentType: 'image/jpeg' }
  const storyboard = { sprite, tileWidth: 160, tileHeight: 90, columns: 2, startsMillis: [0, 1_500, 3_661_004] }
  const tiles = readStoryboard(renderStoryboard({ ...storyboard, endMillis: 3_700_000 }, SPRITE))
  const size = { url: SPRITE, width: 160, height: 90 }
  assert.deepEqual(tiles, [
    { startSeconds: 0, endSeconds: 1.5, x: 0, y: 0, ...size },
    { startSeconds: 1.5, endSeconds: 3661.004, x: 160, y: 0, ...size },
    { startSeconds: 3661.004, endSeconds: 3700, x: 0, y: 90, ...size },
  ])
})

test('lines of other systems, names, settings, notes and times without hours do no harm', () => {
  const text = vtt(
    'NOTE made by hand',
    `first\n${cue('00:00.000 --> 00:02.000 align:start', `${SPRITE}#xywh=pixel:0,0,160,90`)}`,
    cue('00:02.000 --> 00:04.000', `${SPRITE}#xywh=160,0,160,90`),
  ).replaceAll('\n', '\r\n')
  assert.deepEqual(
    readStoryboard(text).map(({ startSeconds, x }) => [startSeconds, x]),
    [
      [0, 0],
      [2, 160],
    ],
  )
})

test('a cue without a place, or with a time that is none, is left out, and the others are shown', () => {
  const text = vtt(
    cue('00:00:00.000 --> 00:00:02.000', 'a word'),
    cue('soon --> later', `${SPRITE}#xywh=0,0,160,90`),
    cue('00:00:04.000 --> 00:00:06.000', `${SPRITE}#xywh=320,0,160,90`),
  )
  assert.deepEqual(
    readStoryboard(text).map(({ startSeconds }) => startSeconds),
    [4],
  )
  assert.deepEqual(readStoryboard('<!doctype html>'), [])
})

test('at each time the tile stands that has begun last, at the end and behind it, too', () => {
  const tiles = readStoryboard(
    vtt(
      cue('00:00:01.000 --> 00:00:02.000', `${SPRITE}#xywh=0,0,160,90`),
      cue('00:00:02.000 --> 00:00:04.000', `${SPRITE}#xywh=160,0,160,90`),
    ),
  )
  const xAt = (seconds: number) => tileAt(tiles, seconds)?.x
  assert.deepEqual([0, 1, 1.99, 2, 4, 99].map(xAt), [0, 0, 0, 160, 160, 160])
  assert.equal(tileAt([], 1), undefined)
})
