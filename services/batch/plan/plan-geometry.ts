import { placeOf } from '@reelway/shared/options/place-of.ts'
import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import { cropFault, turnedSize } from '@reelway/shared/options/turn-and-crop.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { VideoFacts } from '../probe/source-facts.ts'
import type { Refused } from '../refusal.ts'
import { fitPicture } from './fit-picture.ts'
import { type Rectangle, type Size, turnBack } from './turn-back.ts'

/** Which pixels of the source are used, and how they come onto the canvas. */
type Geometry = Pick<EncodePlan, 'picture' | 'canvas' | 'align' | 'background'> & {
  source: Pick<EncodePlan['source'], 'uprightSize' | 'crop' | 'rotate' | 'flip'>
}

/**
 * Decides which pixels of the source are seen and where, from what was asked for: rotate, then flip, then crop, then fit. Refused
 * when the rectangle of `crop` is not within the picture. What is cut off is cut off first, of the picture as it is stored, and
 * turned last, when it has become smaller.
 */
export const planGeometry = (
  video: VideoFacts,
  presetCanvas: VideoPreset['canvas'],
  options: TaskOptions,
): ({ kind: 'geometry' } & Geometry) | Refused => {
  const rotate: EncodePlan['source']['rotate'] = options.rotate ?? 0
  const { flip = null, crop, fit } = options
  const upright = { width: video.displayWidth, height: video.displayHeight }
  const turned = turnedSize(upright, rotate)
  const fault = cropFault(upright, options)
  if (fault !== undefined) return { kind: 'refused', ...fault }
  const kept = crop ?? { x: 0, y: 0, ...turned }
  const { shown, picture, canvas } = fitPicture(kept, presetCanvas, fit)
  const { across, down } = placeOf(fit?.align ?? 'centre')
  const seen = {
    ...shown,
    x: kept.x + (kept.width - shown.width) * across,
    y: kept.y + (kept.height - shown.height) * down,
  }
  const stored = storedSize(video)
  const isWhole = shown.width >= turned.width && shown.height >= turned.height
  const rectangle = onPixels(turnBack(seen, turned, { rotate, flip }), upright, stored, leastStep(video))
  return {
    kind: 'geometry',
    source: { uprightSize: stored, crop: isWhole ? null : rectangle, rotate, flip },
    picture,
    canvas,
    align: fit?.align ?? 'centre',
    background: fit?.background ?? '#000000',
  }
}

/** The frames as ffmpeg hands them to the filters: upright, but of whatever shape their pixels are. */
const storedSize = ({ codedWidth, codedHeight, rotationDegrees }: VideoFacts): Size =>
  Math.abs(rotationDegrees) % 180 === 90
    ? { width: codedHeight, height: codedWidth }
    : { width: codedWidth, height: codedHeight }

/**
 * ffmpeg's crop begins half a value beside the colour when that has half the width, more than one byte a value, and an odd column
 * is asked for: all colours are wrong then (run).
 */
const leastStep = ({ pixelFormat }: VideoFacts): number =>
  pixelFormat === null || (/\d(le|be)$/.test(pixelFormat) && !/444|gbr|rgb|gray/.test(pixelFormat)) ? 2 : 1

/** A rectangle in square pixels as one of whole stored pixels, an even number of them: results are even, and tone mapping wants it. */
const onPixels = ({ x, y, width, height }: Rectangle, square: Size, stored: Size, step: number): Rectangle => {
  const [left, storedWidth] = onLine(x, width, stored.width / square.width, stored.width)
  const [top, storedHeight] = onLine(y, height, stored.height / square.height, stored.height)
  return { x: left - (left % step), y: top, width: storedWidth, height: storedHeight }
}

const onLine = (start: number, length: number, scale: number, most: number): [number, number] => {
  const stored = Math.min(most, Math.max(2, 2 * Math.floor(Math.round(length * scale) / 2)))
  return [Math.min(Math.round(start * scale), most - stored), stored]
}
