import { renameSync, writeFileSync } from 'node:fs'

/**
 * Writes a small JSON file so that a reader, or the next start, sees the old or the new content and never a part.
 * Synchronous on purpose: checking a precondition and acting on it must not be interrupted by another request.
 */
export const writeJsonAtomically = (path: string, value: unknown): void => {
  const temporary = `${path}.tmp`
  writeFileSync(temporary, JSON.stringify(value))
  renameSync(temporary, path)
}
