import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import { previewFile } from './preview-file.ts'
import { type MadeOf, previewPicture } from './preview-picture.ts'
import type { PreviewPlace } from './run-preview.ts'
import type { MadePreviews } from './store-previews.ts'
import { stretchOfBody } from './stretch-of-body.ts'

type Whole = { path: string; width: number; height: number; durationSeconds: number | null }

/** The previews of a result on disk that was made in one run. What is a picture already has no storyboard. Throws what runPreview throws. */
export const previewWhole = async (
  place: PreviewPlace,
  plan: EncodePlan,
  { path, width, height, durationSeconds }: Whole,
  madeOf: MadeOf,
): Promise<MadePreviews> => {
  const { format } = plan.container
  if (format === 'gif' || format === 'webp' || format === 'jpeg') {
    return { poster: await previewPicture(place, plan, { path, width, height }, madeOf), sprite: null }
  }
  if (format === 'hls' || durationSeconds === null) throw new Error(`no whole ${format} is made in one run`)
  return await previewFile(place, { path, format, width, height, durationSeconds, body: stretchOfBody(plan) })
}
