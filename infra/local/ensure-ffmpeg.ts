import { type Binaries, BinaryMissingError, findBinaries } from '@reelway/batch/ffmpeg/binaries.ts'
import { installPackage, mayInstallPackages } from './install-package.ts'

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
    if (!(error instanceof BinaryMissingError) || !mayInstallPackages()) throw error
  }
  installPackage('ffmpeg', environment)
  return await find()
}
