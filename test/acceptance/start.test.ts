import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { Client } from '../support/client.ts'
import { leftoverProcesses } from '../support/leftover-processes.ts'
import { makeVideo } from '../videos/make-video.ts'
import { type Started, start } from './start-process.ts'
import { eventually } from './watch-stack.ts'

/** Longer than the services get to drain, on a busy machine. */
const GONE_WITHIN_SECONDS = 60

describe('npm start', () => {
  let data: string
  const running: Started[] = []
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'reelway-start-'))
  })
  afterEach(async () => {
    for (const started of running.splice(0)) await started.kill('SIGINT')
  })
  after(() => rm(data, { recursive: true, force: true }))

  const begin = async (directory: string, ...args: string[]): Promise<Started> => {
    const started = start(directory, args)
    running.push(started)
    await started.url
    return started
  }
  const assertNothingRuns = () =>
    eventually('all processes gone', async () => (await leftoverProcesses(data)).length === 0, GONE_WITHIN_SECONDS)

  test('it says where it runs in one line, and Ctrl-C leaves data, and nothing that runs', async () => {
    const first = await begin(data)
    assert.equal(first.output().trim().split('\n').length, 1)
    const client = await Client.signUp(await first.url)
    const task = await client.convert(await makeVideo('two-tenths'))
    assert.equal(task.error, null)
    assert.equal(await first.kill('SIGINT'), 0)
    assert.deepEqual(await leftoverProcesses(data), [])

    const second = await begin(data)
    const again = new Client(await second.url, client.account)
    await again.logIn()
    const found = await again.task(task.id)
    assert.equal(found.status, 'completed')
    const download = await fetch(found.outputs[0]?.url ?? '')
    assert.equal(download.status, 200)
    assert.equal((await download.arrayBuffer()).byteLength, found.outputs[0]?.sizeBytes)

    const refused = start(data, [])
    assert.equal(await refused.exitCode, 1)
    assert.match(refused.output(), /^Reelway is already running on this data \(process \d+\)\. .*REELWAY_DATA.*\n$/)
    assert.equal((await fetch(new URL('/ready', await second.url))).status, 200)

    await rm(`${data}-other`, { recursive: true, force: true })
    const beside = await begin(`${data}-other`)
    assert.notEqual(await beside.url, await second.url)
    await assert.rejects(new Client(await beside.url, client.account).logIn(), /invalid_credentials/)
    assert.equal(await beside.kill('SIGTERM'), 0)
    await rm(`${data}-other`, { recursive: true })
  })

  test('SIGKILL of the parent leaves nothing running, and the next start works', async () => {
    const first = await begin(data)
    const client = await Client.signUp(await first.url)
    await first.kill('SIGKILL')
    await assertNothingRuns()
    const second = await begin(data)
    await new Client(await second.url, client.account).logIn()
  })

  test('a part that is killed stops everything with exit code 1, and is named', async () => {
    for (const name of ['batch', 'web']) {
      const started = await begin(data)
      // The service itself, not its tether.
      await started.killPart(new RegExp(`^[^\\0]*\\0[^\\0]*services/${name}/main\\.ts`), 'SIGKILL')
      assert.equal(await started.exitCode, 1)
      assert.match(started.output(), new RegExp(`^${name} ended unexpectedly`, 'm'))
      assert.deepEqual(await leftoverProcesses(data), [])
    }
  })

  test('after SIGKILL of everything but PostgreSQL, the next start ends it and works', async () => {
    const first = await begin(data)
    const client = await Client.signUp(await first.url)
    // The tethers first, so that nobody is left to stop it.
    await first.killPart(/tether\.ts|services\/\w+\/main\.ts/, 'SIGKILL')
    await first.kill('SIGKILL')
    const second = await begin(data)
    await new Client(await second.url, client.account).logIn()

    await second.kill('SIGTERM')
    const fresh = await begin(data, '--fresh')
    await assert.rejects(new Client(await fresh.url, client.account).logIn(), /invalid_credentials/)
    assert.equal(await fresh.kill('SIGTERM'), 0)
    assert.deepEqual(await leftoverProcesses(data), [])
  })
})
