import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { PictureFacts } from '../probe/asset-facts.ts'

type Size = { width: number; height: number }

/**
 * Where the watermark stands on the canvas, in pixels: in its own shape, as wide as was asked for unless it would be higher than the
 * canvas, and never beyond an edge of it. All are even, for the colour of a video has half its size.
 */
export const planWatermark = (
  option: TaskOptions['watermark'],
  facts: PictureFacts | undefined,
  canvas: Size,
): EncodePlan['watermark'] => {
  if (option === undefined) return null
  if (facts === undefined) throw new Error('a watermark was planned whose facts are not known')
  const scale = Math.min((canvas.width * option.size) / facts.width, canvas.height / facts.height)
  const width = Math.min(canvas.width, nearestEven(facts.width * scale))
  const height = Math.min(canvas.height, nearestEven(facts.height * scale))
  const margin = option.margin * Math.min(canvas.width, canvas.height)
  const { position, opacity } = option
  return {
    assetId: option.asset,
    width,
    height,
    x: place(canvas.width - width, margin, { start: position.includes('left'), end: position.includes('right') }),
    y: place(canvas.height - height, margin, { start: position.includes('top'), end: position.includes('bottom') }),
    opacity,
  }
}

/** How much of the room that is left lies before it. */
const place = (room: number, margin: number, at: { start: boolean; end: boolean }): number => {
  const wanted = at.start ? margin : at.end ? room - margin : room / 2
  return 2 * Math.round(Math.min(room, Math.max(0, wanted)) / 2)
}

const nearestEven = (length: number): number => Math.max(2, 2 * Math.round(length / 2))
