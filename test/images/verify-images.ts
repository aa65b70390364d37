import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from '../support/client.ts'
import { startTestStack } from '../support/stack.ts'
import { makeVideo } from '../videos/make-video.ts'
import { ensureBaseImage } from './base-image.ts'
import { type Buildah, type ImageConfig, openBuildah } from './buildah.ts'
import { command } from './command.ts'
import { containerCommand } from './container-command.ts'

const COMMIT = '0123456789abcdef0123456789abcdef01234567'

/** Builds both images and converts a video with them. Throws what is wrong; returns their sizes above the base. */
export const verifyImages = async (
  root: string,
  cache: string,
): Promise<{ addedMegabytes: Record<string, number> }> => {
  const buildah = await openBuildah(root, cache)
  const [, base = ''] = /^FROM (\S+)/m.exec(await readFile(join(root, 'services/web/Dockerfile'), 'utf8')) ?? []
  await ensureBaseImage(buildah, base, cache)

  console.log('building both images ...')
  const web = await openImage(buildah, await buildah.build('web', { COMMIT }))
  const batch = await openImage(buildah, await buildah.build('batch', { COMMIT }))
  try {
    for (const { config } of [web, batch]) {
      assert.equal(config.User, '10001:10001')
      assert.equal(config.Labels['org.opencontainers.image.revision'], COMMIT)
      assert.ok(config.Env.includes('NODE_ENV=production'))
    }
    const programs = await readFile(join(batch.mounted, 'app/PROGRAMS.txt'), 'utf8')
    assert.match(programs, /^ffmpeg version 5\.1/)
    assert.match(programs, /^ffprobe version 5\.1/m)
    assert.match(programs, /GNU General Public License/)
    assert.match(programs, /^libsvtav1\S*\t\S/m)
    await convertInside({ web, batch })
    const added = async ({ mounted }: Image) =>
      Math.round(Number((await command('du', ['-sk', join(mounted, 'app')])).split('\t')[0]) / 1024)
    return { addedMegabytes: { web: await added(web), batch: await added(batch) } }
  } finally {
    for (const { container } of [web, batch]) await buildah.run('rm', container)
  }
}

type Image = { container: string; mounted: string; config: ImageConfig }

const openImage = async (buildah: Buildah, name: string): Promise<Image> => {
  const container = await buildah.run('from', '--pull-never', name)
  return { container, mounted: await buildah.run('mount', container), config: await buildah.config(name) }
}

const convertInside = async ({ web, batch }: { web: Image; batch: Image }): Promise<void> => {
  await using stack = await startTestStack({
    commands: { web: containerCommand(web.mounted, web.config), batch: containerCommand(batch.mounted, batch.config) },
    batchVariables: { WORK_DIR: '/tmp' },
  })
  console.log('converting a video ...')
  const client = await Client.signUp(stack.webUrl)
  // AV1 needs an encoder that not every ffmpeg has.
  for (const preset of ['league', 'av1-mp4-720p']) {
    const task = await client.convert(await makeVideo('two-tenths'), { preset })
    assert.equal(task.error, null)
  }
  await Promise.all([stack.web.process.stop(), stack.batch.process.stop()])
  for (const service of [stack.web, stack.batch]) {
    const { code, lastLines } = await service.process.ended
    assert.equal(code, 0)
    assert.ok(
      lastLines.some((line) => line.includes('"stopping"')),
      lastLines.join('\n'),
    )
  }
  const log = await readFile(join(stack.directory, 'logs/batch.log'), 'utf8')
  assert.match(log, /"ffmpeg":"\/usr\/bin\/ffmpeg","ffprobe":"\/usr\/bin\/ffprobe"/)
}
