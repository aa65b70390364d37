import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Stretch } from './choose-poster.ts'
import { makePoster, type PosterFiles } from './make-poster.ts'
import type { PreviewPlace } from './run-preview.ts'
import { sampleFile } from './sample-file.ts'
import { stillOfWebp } from './still-of-webp.ts'

/** The poster of a result on disk that is a picture: JPEG, or WebP or GIF, which move and have a body. Throws what runPreview throws. */
export const previewPicture = async (
  place: PreviewPlace,
  { path, ...picture }: { path: string; width: number; height: number },
  format: 'jpeg' | 'webp' | 'gif',
  body: Stretch | null,
): Promise<PosterFiles> => {
  if (format === 'webp') {
    const stillPath = join(place.folder, 'still.webp')
    await writeFile(stillPath, stillOfWebp(await readFile(path)))
    return await makePoster(place, { path: stillPath, kind: 'picture' }, picture, 0)
  }
  const input = { path, kind: 'picture' } as const
  const atSeconds = body === null ? 0 : await sampleFile(place, input, picture, body)
  return await makePoster(place, input, picture, atSeconds)
}
