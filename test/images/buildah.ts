import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { command } from './command.ts'

/** Buildah with a store of its own: the base image that is made here must never be taken for the real one. */
export type Buildah = {
  run(...args: string[]): Promise<string>
  hasImage(name: string): Promise<boolean>
  /** builds a Dockerfile of the repository; returns the image's name */
  build(service: 'web' | 'batch', buildArgs: Record<string, string>): Promise<string>
  /** what an image tells whoever starts it */
  config(name: string): Promise<ImageConfig>
}

const imageConfig = z.object({
  User: z.string(),
  Cmd: z.array(z.string()),
  Env: z.array(z.string()),
  WorkingDir: z.string(),
  Labels: z.record(z.string(), z.string()),
})
export type ImageConfig = z.infer<typeof imageConfig>

/** Opens the store below `cache`. `root` is the repository. */
export const openBuildah = async (root: string, cache: string): Promise<Buildah> => {
  const store = ['--root', join(cache, 'store'), '--runroot', join(cache, 'run')]
  const run = (...args: string[]) => command('buildah', [...store, ...args])
  const mounts = await hostMounts(cache)
  return {
    run,
    hasImage: async (name) => {
      const listed = z
        .array(z.object({ names: z.array(z.string()).nullish() }))
        .parse(JSON.parse(await run('images', '--json')))
      return listed.some(({ names }) => names?.includes(name))
    },
    build: async (service, buildArgs) => {
      const name = `localhost/reelway-${service}`
      const args = Object.entries(buildArgs).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`])
      await run(
        ...['bud', '--isolation', 'chroot', '--network', 'host', '--pull-never', '--layers', ...mounts, ...args],
        ...['--tag', name, '--file', join(root, 'services', service, 'Dockerfile'), root],
      )
      return name
    },
    config: async (name) => {
      const facts = z.object({ OCIv1: z.object({ config: imageConfig }) })
      return facts.parse(JSON.parse(await run('inspect', '--type', 'image', name))).OCIv1.config
    },
  }
}

/** How npm reaches its registry is this machine's affair, not the Dockerfile's: its settings, certificates and cache are lent. */
const hostMounts = async (cache: string): Promise<string[]> => {
  const settings = await Promise.all(
    ['globalconfig', 'userconfig'].map(async (name) =>
      readFile(await command('npm', ['config', 'get', name]), 'utf8').catch(() => ''),
    ),
  )
  const npmrc = join(cache, 'npmrc')
  await mkdir(cache, { recursive: true })
  await writeFile(npmrc, `${settings.join('\n')}\nprefer-offline=true\n`, { mode: 0o600 })
  const npmCache = await command('npm', ['config', 'get', 'cache'])
  const pairs = [
    `${npmrc}:/root/.npmrc:ro`,
    '/etc/ssl/certs:/etc/ssl/certs:ro',
    `${npmCache}:${join(homedir(), '.npm')}`,
  ]
  return pairs.flatMap((pair) => ['--volume', pair])
}
