import { existsSync } from 'node:fs'
import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Buildah } from './buildah.ts'
import { command } from './command.ts'

const PACKAGES = 'ca-certificates,libatomic1'

/**
 * Makes the image that the Dockerfiles start from, where it can't be fetched: Debian by debootstrap, with the Node that runs
 * this, and npm. Both are kept in `cache`, for debootstrap takes minutes.
 */
export const ensureBaseImage = async (buildah: Buildah, name: string, cache: string): Promise<void> => {
  const rootfs = join(cache, `rootfs-${PACKAGES.replaceAll(',', '-')}`)
  const isThere = existsSync(rootfs)
  if (!isThere) {
    console.log('making a base image from Debian packages, which takes some minutes and is kept ...')
    const unfinished = `${rootfs}.unfinished`
    await rm(unfinished, { recursive: true, force: true })
    await command('debootstrap', ['--variant=minbase', `--include=${PACKAGES}`, 'bookworm', unfinished])
    await rename(unfinished, rootfs)
  }
  if (isThere && (await buildah.hasImage(name))) return
  const extra = join(cache, 'node')
  await rm(extra, { recursive: true, force: true })
  await mkdir(join(extra, 'bin'), { recursive: true })
  await cp(process.execPath, join(extra, 'bin/node'))
  const npm = join(await command('npm', ['root', '--global']), 'npm')
  await cp(npm, join(extra, 'lib/node_modules/npm'), { recursive: true, dereference: true })
  const container = await buildah.run('from', 'scratch')
  await buildah.run('add', '--quiet', container, rootfs, '/')
  await buildah.run('add', '--quiet', container, extra, '/usr/local/')
  const link = 'ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm'
  await buildah.run('run', '--isolation', 'chroot', container, '--', 'sh', '-c', link)
  const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
  await buildah.run('config', '--env', `PATH=${path}`, '--cmd', 'node', container)
  await buildah.run('commit', '--quiet', '--rm', container, name)
}
