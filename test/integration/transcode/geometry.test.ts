import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import type { VideoPresetName } from '@reelway/shared/presets/catalogue.ts'
import type { z } from 'zod'
import type { VideoName } from '../../videos/recipes.ts'
import { type ColourName, colourAt, firstFrame } from './colour-at.ts'
import { convertVideo } from './convert-video.ts'
import { rowsInTurn } from './rows-in-turn.ts'

type Options = z.input<typeof taskOptions>

/** The clip, what is asked for, the size of the result, and the colours near its corners, as one reads. */
type Row = readonly [VideoName, Options, string, readonly [ColourName, ColourName, ColourName, ColourName]]

const table: readonly Row[] = [
  ['corners', {}, '320x180', ['red', 'green', 'blue', 'yellow']],
  ['corners', { rotate: 90 }, '180x320', ['blue', 'red', 'yellow', 'green']],
  ['corners', { rotate: 180 }, '320x180', ['yellow', 'blue', 'green', 'red']],
  ['corners', { rotate: 270 }, '180x320', ['green', 'yellow', 'red', 'blue']],
  ['corners', { flip: 'horizontal' }, '320x180', ['green', 'red', 'yellow', 'blue']],
  ['corners', { flip: 'vertical' }, '320x180', ['blue', 'yellow', 'red', 'green']],
  ['corners', { rotate: 90, flip: 'horizontal' }, '180x320', ['red', 'blue', 'green', 'yellow']],
  ['corners', { rotate: 90, flip: 'vertical' }, '180x320', ['yellow', 'green', 'blue', 'red']],
  ['corners', { rotate: 180, flip: 'horizontal' }, '320x180', ['blue', 'yellow', 'red', 'green']],
  ['corners', { rotate: 180, flip: 'vertical' }, '320x180', ['green', 'red', 'yellow', 'blue']],
  ['corners', { rotate: 270, flip: 'horizontal' }, '180x320', ['yellow', 'green', 'blue', 'red']],
  ['corners', { rotate: 270, flip: 'vertical' }, '180x320', ['red', 'blue', 'green', 'yellow']],
  // A quarter turn back.
  ['corners-turned', {}, '180x320', ['green', 'yellow', 'red', 'blue']],
  ['corners-turned', { rotate: 90 }, '320x180', ['red', 'green', 'blue', 'yellow']],

  ['corners', { crop: { x: 0, y: 0, width: 160, height: 90 } }, '160x90', ['red', 'grey', 'grey', 'grey']],
  ['corners', { crop: { x: 161, y: 91, width: 159, height: 89 } }, '158x88', ['grey', 'grey', 'grey', 'yellow']],
  ['corners', { crop: { x: 260, y: 0, width: 60, height: 180 } }, '60x180', ['grey', 'green', 'grey', 'yellow']],
  ['corners', { rotate: 90, crop: { x: 0, y: 0, width: 90, height: 160 } }, '90x160', ['blue', 'grey', 'grey', 'grey']],
  [
    'corners',
    { rotate: 270, crop: { x: 90, y: 0, width: 90, height: 320 } },
    '90x320',
    ['grey', 'yellow', 'grey', 'blue'],
  ],
  [
    'corners',
    { flip: 'horizontal', crop: { x: 0, y: 0, width: 160, height: 90 } },
    '160x90',
    ['green', 'grey', 'grey', 'grey'],
  ],
  ['corners-turned', { crop: { x: 90, y: 160, width: 90, height: 160 } }, '90x160', ['grey', 'grey', 'grey', 'blue']],
  [
    'corners-anamorphic',
    { crop: { x: 256, y: 0, width: 256, height: 90 } },
    '256x90',
    ['grey', 'green', 'grey', 'grey'],
  ],
  [
    'corners-anamorphic',
    { rotate: 90, crop: { x: 0, y: 0, width: 90, height: 256 } },
    '90x256',
    ['blue', 'grey', 'grey', 'grey'],
  ],
  ['corners-odd', { crop: { x: 1, y: 1, width: 101, height: 101 } }, '100x100', ['red', 'grey', 'grey', 'grey']],
  ['corners-hdr', { crop: { x: 1, y: 91, width: 159, height: 89 } }, '158x88', ['grey', 'grey', 'blue', 'grey']],

  ['corners', { fit: { width: 200, height: 200, background: '#ff00ff' } }, '200x200', ['pink', 'pink', 'pink', 'pink']],
  ['corners', { fit: { width: 200, height: 200, align: 'top' } }, '200x200', ['red', 'green', 'black', 'black']],
  ['corners', { fit: { width: 400, height: 180, align: 'right' } }, '400x180', ['black', 'green', 'black', 'yellow']],
  ['corners', { fit: { mode: 'cover', width: 180, height: 180 } }, '180x180', ['grey', 'grey', 'grey', 'grey']],
  [
    'corners',
    { fit: { mode: 'cover', width: 360, height: 360, align: 'top-left' } },
    '360x360',
    ['red', 'grey', 'blue', 'grey'],
  ],
  [
    'corners',
    { fit: { mode: 'cover', width: 640, height: 180, align: 'bottom' } },
    '640x180',
    ['grey', 'grey', 'blue', 'yellow'],
  ],
  ['corners', { fit: { mode: 'stretch', width: 100, height: 300 } }, '100x300', ['red', 'green', 'blue', 'yellow']],
  [
    'corners',
    { fit: { mode: 'none', width: 640, height: 360, align: 'bottom-right' } },
    '640x360',
    ['black', 'black', 'black', 'yellow'],
  ],
  [
    'corners',
    { fit: { mode: 'none', width: 160, height: 90, align: 'bottom-right' } },
    '160x90',
    ['grey', 'grey', 'grey', 'yellow'],
  ],
  [
    'corners',
    { rotate: 90, fit: { width: 320, height: 320, background: 'blur', align: 'left' } },
    '320x320',
    ['blue', 'grey', 'yellow', 'grey'],
  ],
  [
    'corners-hdr',
    { rotate: 90, flip: 'vertical', fit: { mode: 'cover', width: 90, height: 160 } },
    '90x160',
    ['yellow', 'green', 'blue', 'red'],
  ],
]

// Well within a corner that is 22 pixels wide, in the smallest results.
const EDGE = 8

const check = async (preset: VideoPresetName, [name, options, size, corners]: Row) => {
  await using conversion = await convertVideo(name, preset, { options: taskOptions.parse(options) })
  assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
  const [width = 0, height = 0] = size.split('x').map(Number)
  const frame = await firstFrame(conversion.outputPath, width, height)
  const seen = [
    colourAt(frame, EDGE, EDGE),
    colourAt(frame, -EDGE, EDGE),
    colourAt(frame, EDGE, -EDGE),
    colourAt(frame, -EDGE, -EDGE),
  ]
  assert.deepEqual(seen, corners)
}

suite('the geometry of a picture', { concurrency: 2 }, () => {
  for (const row of rowsInTurn(table, 6)) {
    test(`${row[0]} with ${JSON.stringify(row[1])} is ${row[2]}, and its corners are ${row[3].join(', ')}`, () =>
      check('mp4-720p', row))
  }

  test('the picture of webm and of a GIF is turned and cut, too', async () => {
    const options: Options = { rotate: 90, crop: { x: 0, y: 0, width: 90, height: 160 } }
    const corners = ['blue', 'grey', 'grey', 'grey'] as const
    await check('webm-720p', ['corners', options, '90x160', corners])
    await check('gif', ['corners', options, '90x160', corners])
  })

  test('a colour behind the picture is exactly the one that was asked for', async () => {
    const options = taskOptions.parse({ fit: { width: 200, height: 200, background: '#2080c0' } })
    await using conversion = await convertVideo('corners', 'mp4-720p', { options })
    const [red, green, blue] = (await firstFrame(conversion.outputPath, 200, 200)).at(100, 10)
    const off = Math.max(Math.abs(red - 0x20), Math.abs(green - 0x80), Math.abs(blue - 0xc0))
    assert.ok(off <= 3, `${red}, ${green}, ${blue}`)
  })

  test('a rectangle that is not within the upright picture is refused with its size and what was asked for', async () => {
    const options = taskOptions.parse({ crop: { x: 0, y: 0, width: 200, height: 100 } })
    await using conversion = await convertVideo('corners-turned', 'mp4-720p', { options })
    assert.deepEqual(conversion.result, {
      ...{ kind: 'refused', code: 'crop_outside_picture' },
      parameters: { width: 180, height: 320, right: 200, bottom: 100 },
    })
  })
})
