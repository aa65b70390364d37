import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import pg from 'pg'
import { Client, type Task } from '../support/client.ts'
import { logEntries } from '../support/log-entries.ts'
import { makeVideo } from '../videos/make-video.ts'
import { assertRefused } from './assert-refused.ts'
import { useStack } from './place.ts'
import { encoders, eventually, jobPushes, objectsOf, resultsOf, workFiles } from './watch-stack.ts'

describe('a task that its owner stops while it is processed', () => {
  const place = useStack({ batchVariables: { FFMPEG_THREADS: '1' } })
  let client: Client
  let video: string
  before(async () => {
    client = await Client.signUp(place.stack.webUrl)
    video = await makeVideo('takes-a-while')
  })

  /** How many encoders have come to their end by themselves. */
  const encoded = async (): Promise<number> =>
    (await logEntries(place.stack.directory, 'batch')).filter(
      ({ jsonPayload: { message, metadata } }) => message === 'transcoded' && metadata.outcome === 'encoded',
    ).length
  let encodedBefore = 0

  const startEncoding = async (): Promise<Task> => {
    encodedBefore = await encoded()
    const { id } = await client.submit(video, { preset: 'mp4-720p' })
    const task = await client.encoding(id)
    assert.equal((await encoders(place.stack)).length, 1)
    return task
  }

  const assertEncoderStops = async () => {
    await eventually('the end of the encoder', async () => (await encoders(place.stack)).length === 0)
    await place.stack.pubsub.idle()
    assert.equal(await encoded(), encodedBefore, 'it was stopped, and did not come to its end')
  }

  test('cancelling stops the encoder, leaves no result, and a retry completes', async () => {
    const { stack } = place
    const startedAt = new Date()
    const { id } = await startEncoding()
    assert.equal((await client.cancel(id)).status, 'cancelled')
    await assertEncoderStops()
    assert.deepEqual(jobPushes(stack, startedAt), [204])
    const cancelled = await client.task(id)
    assert.equal(cancelled.status, 'cancelled')
    assert.equal(cancelled.error, null)
    assert.deepEqual(cancelled.outputs, [])
    assert.deepEqual(await objectsOf(stack, 'outputs', id), [])
    assert.deepEqual(await workFiles(stack), [])
    await assertRefused(client.call('POST', `/api/tasks/${id}/cancel`), { code: 'task_state_conflict', status: 409 })

    const retried = await client.retry(id)
    assert.equal(retried.progress, 0)
    assert.equal(retried.finishedAt, null)
    const completed = await client.settled(id)
    assert.equal(completed.error, null)
    assert.equal(completed.attempts, 1)
    assert.equal((await resultsOf(stack, id)).length, 1)
    await eventually(
      'the line of the encoder that came to its end',
      async () => (await encoded()) === encodedBefore + 1,
    )
  })

  test('deleting hides the task at once, stops the encoder, and leaves neither objects nor rows', async () => {
    const { stack } = place
    const { id } = await startEncoding()
    await client.expect(204, 'DELETE', `/api/tasks/${id}`)
    await assertRefused(client.call('GET', `/api/tasks/${id}`), { code: 'task_not_found', status: 404 })
    await assertRefused(client.call('DELETE', `/api/tasks/${id}`), { code: 'task_not_found', status: 404 })
    await assertEncoderStops()
    assert.deepEqual(await objectsOf(stack, 'uploads', id), [])
    assert.deepEqual(await objectsOf(stack, 'outputs', id), [])
    assert.deepEqual(await workFiles(stack), [])
    // The lease must run out before the reaper may be sure that nothing is stored any more.
    await eventually('the reaper removing the rows', async () => (await rowsOf(stack.databaseUrl, id)) === 0, 120)
    assert.deepEqual(await objectsOf(stack, 'outputs', id), [])
  })

  test('deleting a completed task deletes its upload and its result', async () => {
    const { stack } = place
    const { id, outputs } = await client.convert(await makeVideo('two-tenths'), { preset: 'mp4-720p' })
    assert.equal((await fetch(outputs[0]?.url ?? '')).status, 200)
    await client.expect(204, 'DELETE', `/api/tasks/${id}`)
    assert.equal((await fetch(outputs[0]?.url ?? '')).status, 404)
    assert.deepEqual(await objectsOf(stack, 'uploads', id), [])
    assert.deepEqual(await objectsOf(stack, 'outputs', id), [])
  })
})

const rowsOf = async (databaseUrl: string, taskId: string): Promise<number> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ count: string }>(
      'select (select count(*) from tasks where id = $1) + (select count(*) from jobs where task_id = $1) as count',
      [taskId],
    )
    return Number(rows[0]?.count)
  } finally {
    await client.end()
  }
}
