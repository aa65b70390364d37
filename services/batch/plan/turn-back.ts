import type { EncodePlan } from '../ffmpeg/encode-plan.ts'

export type Size = { width: number; height: number }
export type Rectangle = Size & { x: number; y: number }

/** Where a rectangle of a picture that was rotated, clockwise, and then flipped is in the picture before that. `turned`: its size after. */
export const turnBack = (
  rectangle: Rectangle,
  turned: Size,
  { rotate, flip }: Pick<EncodePlan['source'], 'rotate' | 'flip'>,
): Rectangle => {
  const { x, y, width, height } = unflipped(rectangle, turned, flip)
  const fromRight = turned.width - x - width
  const fromBottom = turned.height - y - height
  switch (rotate) {
    case 0:
      return { x, y, width, height }
    case 90:
      return { x: y, y: fromRight, width: height, height: width }
    case 180:
      return { x: fromRight, y: fromBottom, width, height }
    case 270:
      return { x: fromBottom, y: x, width: height, height: width }
    default:
      return rotate satisfies never
  }
}

const unflipped = (rectangle: Rectangle, size: Size, flip: EncodePlan['source']['flip']): Rectangle => ({
  ...rectangle,
  x: flip === 'horizontal' ? size.width - rectangle.x - rectangle.width : rectangle.x,
  y: flip === 'vertical' ? size.height - rectangle.y - rectangle.height : rectangle.y,
})
