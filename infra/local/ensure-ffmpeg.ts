import { type SpawnSyncOptions, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type Binaries, BinaryMissingError, findBinaries } from '@reelway/batch/ffmpeg/binaries.ts'

const APT_GET = '/usr/bin/apt-get'

/**
 * Finds ffmpeg and ffprobe as batch does. Where they are missing, installs the distribution's package if this may be done
 * (root on Debian or Ubuntu). Throws BinaryMissingError, which says what to install, otherwise.
 */
export const ensureFfmpeg = async (environment: NodeJS.ProcessEnv): Promise<Binaries> => {
  const find = () =>
    findBinaries({
      ffmpegPath: environment.FFMPEG_PATH,
      ffprobePath: environment.FFPROBE_PATH,
      searchPath: environment.PATH,
    })
  try {
    return await find()
  } catch (error) {
    const mayInstall = process.getuid?.() === 0 && existsSync(APT_GET)
    if (!(error instanceof BinaryMissingError) || !mayInstall) throw error
  }
  console.log("ffmpeg is missing: installing the distribution's package (apt-get install ffmpeg) ...")
  const options: SpawnSyncOptions = {
    env: { ...environment, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  }
  spawnSync(APT_GET, ['update', '-qq'], options)
  spawnSync(APT_GET, ['install', '-y', '-qq', '--no-install-recommends', 'ffmpeg'], options)
  return await find()
}
