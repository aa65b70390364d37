import { pictureExtensions } from '@reelway/shared/uploads/source-extensions.ts'

/** Whether a file is a picture that can be used before, after or on a video, by its name. */
export const isPictureName = (name: string): boolean =>
  pictureExtensions.some((extension) => name.toLowerCase().endsWith(`.${extension}`))
