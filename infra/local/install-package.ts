import { type SpawnSyncOptions, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const APT_GET = '/usr/bin/apt-get'

/** True where the distribution's packages may be installed: for root on Debian or Ubuntu. */
export const mayInstallPackages = (): boolean => process.getuid?.() === 0 && existsSync(APT_GET)

/** Installs a package of the distribution, as far as that goes: whoever needs it looks again. */
export const installPackage = (name: string, environment: NodeJS.ProcessEnv): void => {
  console.log(`${name} is missing: installing the distribution's package (apt-get install ${name}) ...`)
  const options: SpawnSyncOptions = {
    env: { ...environment, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  }
  spawnSync(APT_GET, ['update', '-qq'], options)
  spawnSync(APT_GET, ['install', '-y', '-qq', '--no-install-recommends', name], options)
}
