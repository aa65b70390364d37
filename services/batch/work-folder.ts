import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

export type WorkFolder = AsyncDisposable & { path: string }

/** Makes an empty folder for one delivery; it is removed with all that is in it when the delivery ends, in every outcome. */
export const makeWorkFolder = async (parent: string): Promise<WorkFolder> => {
  const path = await mkdtemp(join(parent, 'reelway-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
