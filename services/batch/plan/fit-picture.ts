import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'

type Size = { width: number; height: number }

/** How a picture comes onto its canvas, all in pixels. */
type Fitted = {
  /** What is shown of it, in pixels of its own: less than all where something would stick out of the canvas. */
  shown: Size
  /** The size that this is scaled to, and the canvas it stands on. */
  picture: Size
  canvas: Size
}

/**
 * The size that an upright picture is scaled to, and the canvas it stands on. Sides are even, as the encoders' 4:2:0 colour needs
 * them. A task's `fit` takes the place of the preset's canvas.
 */
export const fitPicture = (display: Size, canvas: VideoPreset['canvas'], fit?: TaskOptions['fit']): Fitted => {
  if (fit !== undefined) return fitAsAsked(display, fit)
  if (canvas.kind === 'fixed') return contained(display, { width: canvas.width, height: canvas.height })
  const short = Math.min(display.width, display.height)
  const long = Math.max(display.width, display.height)
  const scale = Math.min(1, canvas.maxShortSide / short, canvas.maxLongSide / long)
  const picture = {
    width: Math.min(nearestEven(display.width * scale), evenBelow(display.width)),
    height: Math.min(nearestEven(display.height * scale), evenBelow(display.height)),
  }
  return { shown: display, picture, canvas: picture }
}

const fitAsAsked = (display: Size, { mode, width, height }: NonNullable<TaskOptions['fit']>): Fitted => {
  const canvas = { width, height }
  switch (mode) {
    case 'contain':
      return contained(display, canvas)
    case 'cover': {
      const scale = Math.max(width / display.width, height / display.height)
      return { shown: { width: width / scale, height: height / scale }, picture: canvas, canvas }
    }
    case 'stretch':
      return { shown: display, picture: canvas, canvas }
    case 'none': {
      const picture = {
        width: Math.min(width, evenBelow(display.width)),
        height: Math.min(height, evenBelow(display.height)),
      }
      const shown = {
        width: Math.min(picture.width, display.width),
        height: Math.min(picture.height, display.height),
      }
      return { shown, picture, canvas }
    }
    default:
      return mode satisfies never
  }
}

const contained = (display: Size, canvas: Size): Fitted => {
  const scale = Math.min(canvas.width / display.width, canvas.height / display.height)
  const picture = {
    width: Math.min(canvas.width, nearestEven(display.width * scale)),
    height: Math.min(canvas.height, nearestEven(display.height * scale)),
  }
  return { shown: display, picture, canvas }
}

const nearestEven = (length: number): number => Math.max(2, 2 * Math.round(length / 2))

/** Never larger than the source, except that the smallest picture has two pixels. */
const evenBelow = (length: number): number => Math.max(2, 2 * Math.floor(length / 2))
