import { readFile, rm, writeFile } from 'node:fs/promises'
import { isRunning } from './running-process.ts'

/**
 * Makes sure that one stack at a time uses a folder: `file` holds the process id of its owner. Returns what gives it free.
 * Throws when a stack is running on it.
 */
export const lockFolder = async (file: string): Promise<() => Promise<void>> => {
  const owner = await readFile(file, 'utf8').then(Number, (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (owner !== undefined && owner !== process.pid && (await isRunning(owner, 'infra/local/'))) {
    throw new Error(
      `Reelway is already running on this data (process ${owner}). Stop it, or set REELWAY_DATA to another folder.`,
    )
  }
  await writeFile(file, String(process.pid))
  return () => rm(file, { force: true })
}
