import { stat } from 'node:fs/promises'

type Ended = {
  /** Its first file, or all of them. */
  paths: readonly string[]
  outputLimitBytes: number
  /** Compares the file with what was planned. */
  verify: () => Promise<{ kind: string }>
}

/**
 * Whether a run that ended well did so because ffmpeg stopped writing at the limit: then a file is as large as that, and not all of it
 * is there. One that is just as large and whole is not meant.
 */
export const endedFull = async ({ paths, outputLimitBytes, verify }: Ended): Promise<boolean> => {
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size))
  return sizes.some((size) => size >= outputLimitBytes) && (await verify()).kind === 'rejected'
}
