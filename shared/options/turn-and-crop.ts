import type { TaskOptions } from './task-options.ts'

type Size = { width: number; height: number }

/** The size of an upright picture after `rotate`: a quarter of a turn makes its sides change places. */
export const turnedSize = ({ width, height }: Size, rotate: TaskOptions['rotate'] | 0): Size =>
  (rotate ?? 0) % 180 === 0 ? { width, height } : { width: height, height: width }

/** What is wrong with the rectangle of `crop`, which must be within the picture as it is seen after `rotate`; undefined when nothing is. */
export const cropFault = (
  upright: Size,
  { rotate, crop }: Pick<TaskOptions, 'rotate' | 'crop'>,
): { code: 'crop_outside_picture'; parameters: Record<string, number> } | undefined => {
  if (crop === undefined) return undefined
  const turned = turnedSize(upright, rotate)
  const asked = { right: crop.x + crop.width, bottom: crop.y + crop.height }
  if (asked.right <= turned.width && asked.bottom <= turned.height) return undefined
  return { code: 'crop_outside_picture', parameters: { ...turned, ...asked } }
}
