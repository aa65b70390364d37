import assert from 'node:assert/strict'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { withDatabase } from '../faults/with-database.ts'
import { Client, downloadResult } from '../support/client.ts'
import { makeVideo } from '../videos/make-video.ts'
import { inspectVideo } from './inspect-video.ts'
import { type TestStack, useStack } from './place.ts'
import { encoders, eventually, resultsOf, workFiles } from './watch-stack.ts'

describe('batch that ends in the middle of an encode', () => {
  const place = useStack({ batchVariables: { FFMPEG_THREADS: '1' } })
  let client: Client
  let video: string
  before(async () => {
    client = await Client.signUp(place.stack.webUrl)
    video = await makeVideo('takes-a-while')
  })

  test('after SIGTERM the work is given back at once and goes on elsewhere, and the attempt does not count', async () => {
    const { stack } = place
    const { id } = await client.submit(video, { preset: 'mp4-720p' })
    await client.encoding(id)
    assert.equal((await encoders(stack)).length, 1)

    const stoppedAt = performance.now()
    process.kill(stack.batch.pid, 'SIGTERM')
    const { code } = await stack.batch.process.ended
    const stopSeconds = (performance.now() - stoppedAt) / 1000
    assert.equal(code, 0)
    // Cloud Run kills it then.
    assert.ok(stopSeconds < 10, `it took ${stopSeconds} s`)
    assert.deepEqual(await leasesOf(stack, id), [{ status: 'queued', lease_token: null }])
    assert.deepEqual(await encoders(stack), [])
    assert.deepEqual(await workFiles(stack), [])

    await stack.restartBatch()
    await client.waitFor(id, ({ status, progress }) => status === 'processing' && progress > 0)
    await eventually('a new encoder', async () => (await encoders(stack)).length === 1)
    const task = await client.settled(id)
    assert.equal(task.error, null)
    assert.equal(task.attempts, 1)
    assert.equal((await resultsOf(stack, id)).length, 1)
  })

  test('after SIGKILL the lease runs out, and the task completes once, without anything left of the first try', async () => {
    const { stack } = place
    const { id } = await client.submit(video, { preset: 'mp4-720p' })
    await client.encoding(id)
    const [orphan] = await encoders(stack)
    assert.ok(orphan !== undefined)

    process.kill(stack.batch.pid, 'SIGKILL')
    await stack.batch.process.ended
    await eventually('the end of the orphaned encoder', async () => !(await encoders(stack)).includes(orphan))
    await stack.restartBatch()
    assert.deepEqual(await workFiles(stack), [])

    const task = await client.settled(id)
    assert.equal(task.error, null)
    assert.equal(task.attempts, 2)
    assert.equal((await resultsOf(stack, id)).length, 1)
    await eventually('an empty work folder', async () => (await workFiles(stack)).length === 0)
    const path = join(place.folder, 'after-sigkill.mp4')
    await downloadResult(task, path)
    assert.equal((await inspectVideo(path)).video.nb_read_packets, 600)
  })
})

const leasesOf = (stack: TestStack, taskId: string) =>
  withDatabase(stack.databaseUrl, async (connection) => {
    const { rows } = await connection.query('select status, lease_token from jobs where task_id = $1', [taskId])
    return rows
  })
