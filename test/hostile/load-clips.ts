import { readFile } from 'node:fs/promises'
import { makeVideo } from '../videos/make-video.ts'
import { type SeedName, seedNames } from './hostile-file.ts'

/** The bytes of all whole clips, by their names. */
export const loadClips = async (): Promise<Readonly<Record<SeedName, Buffer>>> => {
  const load = async (name: SeedName) => await readFile(await makeVideo(name))
  const clips: Partial<Record<SeedName, Buffer>> = {}
  for (const name of seedNames) clips[name] = await load(name)
  const isWhole = (some: Partial<Record<SeedName, Buffer>>): some is Record<SeedName, Buffer> =>
    seedNames.every((name) => some[name] !== undefined)
  if (!isWhole(clips)) throw new Error('a clip is missing')
  return clips
}
