import { stat } from 'node:fs/promises'
import type { Bucket } from '@google-cloud/storage'
import type { Lease } from '@reelway/shared/db/jobs/lease.ts'
import type { Poster, Previews, StoredPicture, Storyboard } from '@reelway/shared/previews.ts'
import { outputObjectName } from '@reelway/shared/storage/object-names.ts'
import { storeResult } from '../store.ts'
import type { PosterFiles } from './make-poster.ts'
import type { Sprite } from './make-sprite.ts'

/** What has been made of a result, on disk. */
export type MadePreviews = { poster: PosterFiles | null; sprite: Sprite | null }

/** Stores previews beside the result, under names that belong to this lease alone. Throws what storeResult throws. */
export const storePreviews = async (
  { outputs, lease, signal }: { outputs: Bucket; lease: Lease; signal: AbortSignal },
  { poster, sprite }: MadePreviews,
): Promise<Previews> => {
  const store = async (path: string, name: string, contentType: string): Promise<StoredPicture> => {
    const { size: sizeBytes } = await stat(path)
    const objectName = outputObjectName(lease.taskId, lease.token, `previews/${name}`)
    const { generation } = await storeResult(outputs, { path, sizeBytes, objectName, contentType }, signal)
    return { objectName, generation, contentType }
  }
  const storePoster = async ({ jpegPath, webpPath, width, height }: PosterFiles): Promise<Poster> => ({
    jpeg: await store(jpegPath, 'poster.jpg', 'image/jpeg'),
    webp: await store(webpPath, 'poster.webp', 'image/webp'),
    width,
    height,
  })
  const storeSprite = async ({ path, storyboard }: Sprite): Promise<Storyboard> => ({
    ...storyboard,
    sprite: await store(path, 'storyboard.jpg', 'image/jpeg'),
  })
  return {
    poster: poster && (await storePoster(poster)),
    storyboard: sprite && (await storeSprite(sprite)),
  }
}
