import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { unprivileged } from '@reelway/local/unprivileged.ts'
import { Client } from '../support/client.ts'
import { startTestStack } from '../support/stack.ts'
import { makeVideo } from '../videos/make-video.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))

// Away from the repository, so that nothing of its node_modules is found.
let place: string
before(async () => {
  place = await mkdtemp(join(tmpdir(), 'reelway-image-files-'))
  await Promise.all(
    ['web', 'batch'].map((service) =>
      run(process.execPath, [join(root, 'infra/gcp/images/assemble.ts'), service, join(place, service)]),
    ),
  )
})
after(() => rm(place, { recursive: true, force: true }))

test('the files of the images convert a video, run by somebody who is not root, and end at SIGTERM', async () => {
  const { command } = await unprivileged()
  const node = [...command, process.execPath, '--enable-source-maps']
  const stack = await startTestStack({
    commands: { web: [...node, join(place, 'web/main.js')], batch: [...node, join(place, 'batch/main.js')] },
  })
  const logs = join(stack.directory, 'logs')
  try {
    const client = await Client.signUp(stack.webUrl)
    // With the logo, which is read beside the code.
    const task = await client.convert(await makeVideo('two-tenths'), { preset: 'league' })
    assert.equal(task.error, null)
    assert.equal(task.status, 'completed')
    await Promise.all([stack.web.process.stop(), stack.batch.process.stop()])
    assert.equal((await stack.web.process.ended).code, 0)
    assert.equal((await stack.batch.process.ended).code, 0)
    for (const service of ['web', 'batch']) {
      const lines = (await readFile(join(logs, `${service}.log`), 'utf8')).trim().split('\n')
      const messages = lines.map((line) => ({ severity: 'none', message: '', ...JSON.parse(line) }))
      // Each line is what logging-winston writes from the source, and none is a complaint of Node's.
      assert.ok(
        messages.every(({ severity }) => severity === 'INFO'),
        lines.join('\n'),
      )
      // What a delivery did is written after its task was seen to be completed.
      assert.ok(messages.slice(-3).some(({ message }) => message === 'stopping'))
    }
  } finally {
    await stack[Symbol.asyncDispose]()
  }
})

test('the other programs of the images are there, and name what is missing in their configuration', async () => {
  for (const program of ['migrate.js', 'redrive.js']) {
    const failed: unknown = await run(process.execPath, [join(place, 'web', program)], { env: {} }).catch(
      (error) => error,
    )
    assert.ok(failed instanceof Error && 'code' in failed && 'stderr' in failed)
    assert.equal(failed.code, 1)
    assert.match(String(failed.stderr), /GOOGLE_CLOUD_PROJECT/)
  }
})

test('both images start from the Node that the tests run on', async () => {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  for (const service of ['web', 'batch']) {
    const dockerfile = await readFile(join(root, 'services', service, 'Dockerfile'), 'utf8')
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base)
    assert.deepEqual(new Set(bases), new Set([`docker.io/library/node:${manifest.devDependencies.node}-bookworm-slim`]))
  }
})
