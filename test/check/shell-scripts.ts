import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { installPackage, mayInstallPackages } from '@reelway/local/install-package.ts'

const run = promisify(execFile)

/** Why shell scripts cannot be checked here; undefined if they can. Installs shellcheck where that may be done. */
export const ensureShellcheck = (): string | undefined => {
  if (!isInstalled() && mayInstallPackages()) installPackage('shellcheck', process.env)
  return isInstalled() ? undefined : 'shellcheck is not installed'
}

const isInstalled = (): boolean => spawnSync('shellcheck', ['--version'], { stdio: 'ignore' }).error === undefined

/** The scripts of the repository, and the command of the continuous integration. */
export const shellScripts = async (): Promise<string[]> => {
  const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.sh', '.ci/run'])
  return stdout.split('\n').filter((file) => file !== '')
}
