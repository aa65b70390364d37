import { join } from 'node:path'
import { posterArgs } from '../ffmpeg/poster-args.ts'
import type { PreviewInput } from '../ffmpeg/preview-input.ts'
import { posterSize } from './poster-size.ts'
import { type PreviewPlace, runPreview } from './run-preview.ts'

/** A poster on disk, twice. */
export type PosterFiles = { jpegPath: string; webpPath: string; width: number; height: number }

/** Makes a poster of the frame at a time of a file whose picture has a size. Throws what runPreview throws. */
export const makePoster = async (
  place: PreviewPlace,
  input: PreviewInput,
  picture: { width: number; height: number },
  atSeconds: number,
): Promise<PosterFiles> => {
  const files = { jpegPath: join(place.folder, 'poster.jpg'), webpPath: join(place.folder, 'poster.webp') }
  const size = posterSize(picture)
  await runPreview(place, posterArgs(input, atSeconds, size, files))
  return { ...files, ...size }
}
