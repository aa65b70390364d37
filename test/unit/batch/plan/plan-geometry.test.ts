import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planGeometry } from '@reelway/batch/plan/plan-geometry.ts'
import type { VideoFacts } from '@reelway/batch/probe/source-facts.ts'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { league } from '@reelway/shared/presets/league.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import type { z } from 'zod'
import { someFacts } from '../probe/some-facts.ts'

type Options = z.input<typeof taskOptions>
type Video = Partial<VideoFacts>

const geometryOf = (options: Options, video: Video = {}, canvas: VideoPreset['canvas'] = mp4720p.canvas) =>
  planGeometry(someFacts({ video }).video, canvas, taskOptions.parse(options))

const size = ({ width, height }: { width: number; height: number }) => `${width}x${height}`

/** What is cut out of the stored frame, the size that it gets, and the canvas. */
const inShort = (options: Options, video: Video = {}, canvas: VideoPreset['canvas'] = mp4720p.canvas) => {
  const geometry = geometryOf(options, video, canvas)
  assert.ok(geometry.kind === 'geometry', JSON.stringify(geometry))
  const { crop } = geometry.source
  return [
    crop === null ? 'all' : `${size(crop)}+${crop.x}+${crop.y}`,
    size(geometry.picture),
    size(geometry.canvas),
  ].join(' ')
}

const portrait: Video = { rotationDegrees: -90, displayWidth: 1080, displayHeight: 1920 }
const anamorphic: Video = { codedWidth: 720, codedHeight: 576, displayWidth: 1024, displayHeight: 576 }
const odd: Video = { codedWidth: 641, codedHeight: 359, displayWidth: 641, displayHeight: 359 }

const corner = { x: 0, y: 0, width: 480, height: 270 }

for (const [title, options, video, expected] of [
  ['nothing is asked for', {}, {}, 'all 1280x720 1280x720'],
  ['it is turned', { rotate: 90 }, {}, 'all 720x1280 720x1280'],
  ['it is turned twice', { rotate: 180 }, {}, 'all 1280x720 1280x720'],
  ['a phone video is turned', { rotate: 270 }, portrait, 'all 1280x720 1280x720'],

  ['a corner is cut out', { crop: corner }, {}, '480x270+0+0 480x270 480x270'],
  [
    'a corner of a flipped picture is cut out',
    { flip: 'horizontal', crop: corner },
    {},
    '480x270+1440+0 480x270 480x270',
  ],
  ['a lower corner of it, seen', { flip: 'vertical', crop: corner }, {}, '480x270+0+810 480x270 480x270'],
  ['a corner of a turned picture is cut out', { rotate: 90, crop: corner }, {}, '270x480+0+600 480x270 480x270'],
  ['one of a picture on its head', { rotate: 180, crop: corner }, {}, '480x270+1440+810 480x270 480x270'],
  ['one of a picture turned back', { rotate: 270, crop: corner }, {}, '270x480+1650+0 480x270 480x270'],
  [
    'one of a picture turned and flipped',
    { rotate: 90, flip: 'horizontal', crop: corner },
    {},
    '270x480+0+0 480x270 480x270',
  ],
  ['a corner of a phone video is cut out', { crop: corner }, portrait, '480x270+0+0 480x270 480x270'],
  ['an odd rectangle is cut out', { crop: { x: 3, y: 5, width: 101, height: 77 } }, {}, '100x76+3+5 100x76 100x76'],
  ['all of it is cut out', { crop: { x: 0, y: 0, width: 1920, height: 1080 } }, {}, 'all 1280x720 1280x720'],
  [
    'a half of an anamorphic picture is cut out',
    { crop: { x: 512, y: 0, width: 512, height: 576 } },
    anamorphic,
    '360x576+360+0 512x576 512x576',
  ],

  ['it is contained in a square', { fit: { width: 500, height: 500 } }, {}, 'all 500x282 500x500'],
  ['it is contained in what is larger', { fit: { width: 3840, height: 2160 } }, {}, 'all 3840x2160 3840x2160'],
  ['it covers a square', { fit: { mode: 'cover', width: 500, height: 500 } }, {}, '1080x1080+420+0 500x500 500x500'],
  [
    'it covers a square from the right',
    { fit: { mode: 'cover', width: 500, height: 500, align: 'right' } },
    {},
    '1080x1080+840+0 500x500 500x500',
  ],
  [
    'a turned picture covers a square from the top',
    { rotate: 90, fit: { mode: 'cover', width: 500, height: 500, align: 'top' } },
    {},
    '1080x1080+0+0 500x500 500x500',
  ],
  ['it covers its own shape', { fit: { mode: 'cover', width: 640, height: 360 } }, {}, 'all 640x360 640x360'],
  [
    'an anamorphic one covers a square',
    { fit: { mode: 'cover', width: 288, height: 288 } },
    anamorphic,
    '404x576+158+0 288x288 288x288',
  ],
  ['it is stretched', { fit: { mode: 'stretch', width: 500, height: 500 } }, {}, 'all 500x500 500x500'],
  [
    'it is left as large as it is, on more',
    { fit: { mode: 'none', width: 2000, height: 2000 } },
    {},
    'all 1920x1080 2000x2000',
  ],
  [
    'it is left as large as it is, on less',
    { fit: { mode: 'none', width: 500, height: 500 } },
    {},
    '500x500+710+290 500x500 500x500',
  ],
  [
    'an odd one is left as large as it is',
    { fit: { mode: 'none', width: 1000, height: 1000 } },
    odd,
    '640x358+1+1 640x358 1000x1000',
  ],
  [
    'a corner of it covers a square',
    { crop: corner, fit: { mode: 'cover', width: 500, height: 500, align: 'left' } },
    {},
    '270x270+0+0 500x500 500x500',
  ],
] as const satisfies readonly (readonly [string, Options, Video, string])[]) {
  test(`of 1080p, or of what is told, when ${title}: ${expected}`, () => {
    assert.equal(inShort(options, video), expected)
  })
}

test('the canvas of league stays what it is when the picture is turned, and fit takes its place', () => {
  assert.equal(inShort({ rotate: 90 }, {}, league.canvas), 'all 202x360 640x360')
  assert.equal(inShort({ fit: { width: 360, height: 640 } }, {}, league.canvas), 'all 360x202 360x640')
})

test('a picture of more than eight bits is cut at even columns, or its colours would be wrong', () => {
  const crop = { x: 3, y: 5, width: 100, height: 76 }
  const at = (pixelFormat: string) => inShort({ crop }, { pixelFormat })
  assert.equal(at('yuv420p10le'), '100x76+2+5 100x76 100x76')
  assert.equal(at('yuv422p10le'), '100x76+2+5 100x76 100x76')
  assert.equal(at('yuv444p10le'), '100x76+3+5 100x76 100x76')
  assert.equal(at('yuv420p'), '100x76+3+5 100x76 100x76')
})

test('a rectangle that sticks out of the picture as it is seen is refused with both sizes', () => {
  const crop = { x: 1000, y: 0, width: 200, height: 1080 }
  assert.equal(geometryOf({ crop }).kind, 'geometry')
  assert.deepEqual(geometryOf({ rotate: 90, crop }), {
    kind: 'refused',
    code: 'crop_outside_picture',
    parameters: { width: 1080, height: 1920, right: 1200, bottom: 1080 },
  })
})

test('a canvas of more pixels than players play is not accepted', () => {
  assert.ok(taskOptions.safeParse({ fit: { width: 4096, height: 2304 } }).success)
  assert.ok(!taskOptions.safeParse({ fit: { width: 4096, height: 4096 } }).success)
})
