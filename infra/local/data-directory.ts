import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the local stack keeps its data: REELWAY_DATA, or .reelway in the repository, which git ignores. */
export const dataDirectory = (given: string | undefined): string =>
  given === undefined || given === '' ? fileURLToPath(new URL('../../.reelway', import.meta.url)) : resolve(given)
