import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { childEnvironment } from './hardening.ts'

/** Absolute paths of both programs, and the first line of `ffmpeg -version`. */
export type Binaries = { ffmpeg: string; ffprobe: string; version: string }

/** Thrown at start-up when a program is missing or does not start; the message says what to install or to correct. */
export class BinaryMissingError extends Error {
  override readonly name = 'BinaryMissingError'
}

// Where systems keep programs when the caller passes no PATH: Debian and Alpine; Homebrew on Apple silicon.
const USUAL_FOLDERS = ['/usr/local/bin', '/usr/bin', '/bin', '/opt/homebrew/bin'].join(delimiter)

/** The packages that bring the programs: each says where its binary is, or throws when it is not installed. */
export type Packages = { ffmpeg: () => unknown; ffprobe: () => unknown }

const require = createRequire(import.meta.url)
const installed: Packages = {
  ffmpeg: () => require('ffmpeg-static'),
  ffprobe: () => require('@ffprobe-installer/ffprobe').path,
}

/**
 * Finds ffmpeg and ffprobe: a path that was given explicitly, else the package that brings it (ffmpeg-static,
 * @ffprobe-installer/ffprobe) when its binary exists, else the folders of `searchPath` (in the form of PATH). An ffmpeg there is
 * preferred to that of the package when it has an encoder that the package's lacks and our presets need.
 * Throws BinaryMissingError.
 */
export const findBinaries = async (
  given: { ffmpegPath?: string | undefined; ffprobePath?: string | undefined; searchPath?: string | undefined },
  packages: Packages = installed,
): Promise<Binaries> => {
  const searchPath = given.searchPath ?? USUAL_FOLDERS
  const ffmpeg = given.ffmpegPath ?? (await findFfmpeg(packages, searchPath))
  const ffprobe = given.ffprobePath ?? (await packaged(packages.ffprobe)) ?? (await findOnPath('ffprobe', searchPath))
  const [about] = await Promise.all([readAbout(ffmpeg), readAbout(ffprobe)])
  return { ffmpeg, ffprobe, version: about.split('\n', 1)[0] ?? '' }
}

const findFfmpeg = async (packages: Packages, searchPath: string): Promise<string> => {
  const own = await packaged(packages.ffmpeg)
  if (own === undefined) return await findOnPath('ffmpeg', searchPath)
  if (!(await lacksEncoders(own))) return own
  const other = await findOnPath('ffmpeg', searchPath).catch(() => undefined)
  return other === undefined || (await lacksEncoders(other)) ? own : other
}

// What not every build is made with: johnvansickle.com's, which ffmpeg-static has for Linux, are without SVT-AV1 (read, 2023).
const NEEDED = ['--enable-libsvtav1', '--enable-libx265', '--enable-libvpx', '--enable-libopus']

/** Whether an ffmpeg says how it was built, and says nothing of an encoder that presets need. */
const lacksEncoders = async (path: string): Promise<boolean> => {
  const about = await readAbout(path).catch(() => '')
  return about.includes('configuration:') && !NEEDED.every((option) => about.includes(option))
}

/** The binary of a package that is optional, and whose binary may be absent even where the package is there. */
const packaged = async (pathOf: () => unknown): Promise<string | undefined> => {
  try {
    const path = pathOf()
    return typeof path === 'string' && (await isExecutable(path)) ? path : undefined
  } catch (error) {
    // @ffprobe-installer throws plain errors on a platform that it has no binary for.
    if (error instanceof Error && (!('code' in error) || error.code === 'MODULE_NOT_FOUND')) return undefined
    throw error
  }
}

const findOnPath = async (program: string, searchPath: string): Promise<string> => {
  for (const folder of searchPath.split(delimiter)) {
    const path = join(folder, program)
    if (folder !== '' && (await isExecutable(path))) return path
  }
  throw new BinaryMissingError(
    `${program} was not found in ${searchPath}. Install it (Debian and Ubuntu: apt-get install ffmpeg; macOS: brew install ffmpeg), or give its path.`,
  )
}

const isExecutable = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.X_OK)
    return true
  } catch (error) {
    // Not there, or not ours to start: for the search both mean "look further".
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}

/** What a program says of itself: its version in the first line, and how it was built. */
const readAbout = async (path: string): Promise<string> => {
  try {
    const { stdout } = await promisify(execFile)(path, ['-version'], { env: childEnvironment, timeout: 10_000 })
    return stdout
  } catch (cause) {
    throw new BinaryMissingError(`${path} does not start. Install ffmpeg, or correct the path.`, { cause })
  }
}
