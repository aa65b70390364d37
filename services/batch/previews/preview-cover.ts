import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { coverArgs } from '../ffmpeg/cover-args.ts'
import { readJpeg } from '../verify/read-jpeg.ts'
import { makePoster } from './make-poster.ts'
import { type PreviewPlace, runPreview } from './run-preview.ts'
import type { MadePreviews } from './store-previews.ts'

const LIMIT_BYTES = 3_000_000

/** The poster of a result of sound alone: the cover that its source, at a URL of our loopback source, has. Throws what runPreview throws. */
export const previewCover = async (
  place: PreviewPlace,
  sourceUrl: string,
  coverIndex: number,
): Promise<MadePreviews> => {
  const coverPath = join(place.folder, 'cover.jpg')
  await runPreview(place, coverArgs(coverIndex, { sourceUrl, coverPath, coverLimitBytes: LIMIT_BYTES }))
  const size = readJpeg(await readFile(coverPath))
  if (size === undefined) throw new Error('no picture was made of a cover')
  return { poster: await makePoster(place, { path: coverPath, kind: 'jpeg' }, size, 0), sprite: null }
}
