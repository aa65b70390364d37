import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { renditionPath } from '../ffmpeg/rendition-args.ts'

/**
 * Puts the files of the sizes of a part one after the other into one at `path`, so that a part is one object however many sizes
 * there are; each lies in one piece, to be read by itself. The size of all, in bytes.
 */
export const gatherRenditions = async (path: string, count: number): Promise<number> => {
  await rename(renditionPath(path, 0), path)
  for (let index = 1; index < count; index += 1) {
    await pipeline(createReadStream(renditionPath(path, index)), createWriteStream(path, { flags: 'a' }))
    await rm(renditionPath(path, index))
  }
  return (await stat(path)).size
}
