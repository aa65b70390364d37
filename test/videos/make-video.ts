import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findBinaries } from '@reelway/batch/ffmpeg/binaries.ts'
import { describeTrack } from './describe-track.ts'
import { packBFrames } from './pack-b-frames.ts'
import { pullDown } from './pull-down.ts'
import type { Recipe } from './recipe.ts'
import { recipes, type VideoName } from './recipes.ts'
import { speakAmr } from './speak-amr.ts'

const folder = process.env.REELWAY_TEST_VIDEOS ?? join(tmpdir(), 'reelway-videos')

const binaries = findBinaries({ searchPath: process.env.PATH })

/**
 * The path of a test clip. It is made when it is not there yet, under a name that holds the hash of its recipe and of the
 * ffmpeg that makes it; test processes that make the same one at the same time end with one whole file.
 */
export const makeVideo = async (name: VideoName): Promise<string> => {
  const { ffmpeg, version } = await binaries
  const recipe: Recipe = recipes[name]
  const path = join(folder, `${name}-${fingerprint(name, version)}.${recipe.extension}`)
  if (existsSync(path)) return path
  await mkdir(folder, { recursive: true })
  const unfinished = join(folder, `${randomUUID()}.${recipe.extension}`)
  await cook(recipe, ffmpeg, unfinished)
  await rename(unfinished, path)
  return path
}

const fingerprint = (name: string, version: string): string => {
  const recipe = recipeOf(name)
  const ancestors = ancestorsOf(recipe).map((ancestor) => fingerprint(ancestor, version))
  return createHash('sha256')
    .update(JSON.stringify([recipe, version, ancestors]))
    .digest('hex')
    .slice(0, 12)
}

const ancestorsOf = (recipe: Recipe): readonly string[] => ('from' in recipe ? [recipe.from].flat() : [])

const cook = async (recipe: Recipe, ffmpeg: string, path: string): Promise<void> => {
  const run = (argv: readonly string[]) =>
    promisify(execFile)(ffmpeg, ['-nostdin', '-y', '-v', 'error', ...argv, '-map_metadata', '-1', path])
  switch (recipe.kind) {
    case 'encoded':
      await run(recipe.argv)
      return
    case 'derived':
      await derive(recipe, run)
      return
    case 'cut': {
      const bytes = await readClip(recipe.from)
      return await writeFile(path, bytes.subarray(0, Math.floor((bytes.length * recipe.keepThousandths) / 1000)))
    }
    case 'written':
      return await writeFile(path, recipe.text)
    case 'noise':
      return await writeNoise(path, recipe.bytes)
    case 'speech':
      return await writeFile(path, speakAmr(recipe))
    case 'joined':
      return await writeFile(path, await Promise.all(recipe.from.map(readClip)).then(Buffer.concat))
    case 'replaced':
      return await writeFile(path, replaceBytes(await readClip(recipe.from), recipe.find, recipe.put))
    case 'rewritten':
      return await writeFile(path, REWRITES[recipe.how](await readClip(recipe.from)))
    case 'boxed':
      return await writeFile(path, describeTrack(await readClip(recipe.from), recipe))
    default:
      return recipe satisfies never
  }
}

const REWRITES = { 'pulled down': pullDown, packed: packBFrames }

const derive = async (
  { from, argv }: Extract<Recipe, { kind: 'derived' }>,
  run: (argv: readonly string[]) => Promise<unknown>,
): Promise<void> => {
  const source = await makeVideo(nameOf(from))
  // Where to start is said before the input, everything else after it.
  const [first, second, ...others] = argv
  await run(
    first === '-ss' && second !== undefined ? ['-ss', second, '-i', source, ...others] : ['-i', source, ...argv],
  )
}

const readClip = async (name: string): Promise<Buffer> => await readFile(await makeVideo(nameOf(name)))

const replaceBytes = (bytes: Buffer, find: string, put: string): Buffer =>
  Buffer.from(bytes.toString('latin1').replaceAll(find, put.padEnd(find.length).slice(0, find.length)), 'latin1')

/** Bytes that look random and are the same every time: a chain of hashes. */
const writeNoise = async (path: string, bytes: number): Promise<void> => {
  await using file = await open(path, 'w')
  let block = createHash('sha512').update('noise').digest()
  for (let written = 0; written < bytes; written += block.length) {
    await file.write(block)
    block = createHash('sha512').update(block).digest()
  }
}

const isName = (name: string): name is VideoName => name in recipes

const nameOf = (name: string): VideoName => {
  if (!isName(name)) throw new Error(`there is no recipe for ${name}`)
  return name
}

const recipeOf = (name: string): Recipe => recipes[nameOf(name)]
