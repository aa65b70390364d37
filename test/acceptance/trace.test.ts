import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { names } from '@reelway/local/cloud-resources.ts'
import pg from 'pg'
import { Client, uploadFile } from '../support/client.ts'
import { type LogEntry, logEntries } from '../support/log-entries.ts'
import { makeVideo } from '../videos/make-video.ts'
import { type TestStack, useStack } from './place.ts'
import { eventually } from './watch-stack.ts'

describe('the trace of the request that queued a task', () => {
  const place = useStack()
  let client: Client
  before(async () => {
    client = await Client.signUp(place.stack.webUrl)
  })

  /** Uploads a clip, and says so in a trace of its own. The bucket's own word of it would begin another one: it is lost. */
  const submitTraced = async (video: string): Promise<{ taskId: string; trace: string }> => {
    const trace = randomBytes(16).toString('hex')
    const { task, upload } = await client.createTask(video, { preset: 'mp4-720p' })
    place.stack.pubsub.faults.dropDeliveries({ subscription: names.uploads, count: 1 })
    await uploadFile(upload, video)
    await client.expect(200, 'POST', `/api/tasks/${task.id}/uploaded`, undefined, {
      traceparent: `00-${trace}-${randomBytes(8).toString('hex')}-01`,
    })
    return { taskId: task.id, trace }
  }

  test("is on web's lines, and on batch's after a redelivery", async () => {
    const { stack } = place
    // A status that is worth no repetition within an attempt: the first delivery is answered 503.
    stack.storage.faults.add({ match: { api: 'media' }, times: 1, action: { kind: 'status', status: 403 } })
    const { taskId, trace } = await submitTraced(await makeVideo('two-tenths'))
    assert.equal((await client.settled(taskId)).attempts, 2)
    await stack.pubsub.idle()

    // Logs are written after what they tell of has been answered.
    await eventually('the last line of each', async () => {
      const [ofWeb, ofBatch] = [await linesOf(stack, 'web', trace), await linesOf(stack, 'batch', trace)]
      return messages(ofWeb).includes('task queued') && messages(ofBatch).includes('delivery completed')
    })
    const web = await linesOf(stack, 'web', trace)
    assert.deepEqual(messages(web), ['job published', 'task queued'])
    const jobId = web[1]?.jsonPayload.metadata.jobId
    assert.ok(typeof jobId === 'string')
    assert.deepEqual(messages(await linesOf(stack, 'batch', trace)), [
      'attempt failed',
      'attempt ended',
      'delivery try-again',
      'transcoded',
      'previews made',
      'task completed',
      'attempt ended',
      'delivery completed',
    ])
    await assertNoLineElsewhere(stack, jobId, trace)
  })

  test("is on batch's lines after its death, when the reaper has published the job again", async () => {
    const { stack } = place
    stack.storage.faults.add({
      match: { api: 'media' },
      times: 1,
      action: { kind: 'stall', ms: 600_000, afterBytes: 1 },
    })
    const { taskId, trace } = await submitTraced(await makeVideo('two-tenths'))
    await client.waitFor(taskId, ({ status }) => status === 'processing')
    process.kill(stack.batch.pid, 'SIGKILL')
    await stack.batch.process.ended
    await stack.restartBatch()
    // The dead one's lease still lives: Pub/Sub's redelivery, or its dead letter by then, is acked. Only the reaper brings the job back.
    await eventually('the redelivery', async () =>
      messages(await linesOf(stack, 'batch', trace)).includes('delivery held-by-another'),
    )
    await expireLeases(stack)
    assert.equal((await client.settled(taskId)).attempts, 2)
    await stack.pubsub.idle()

    const [queued] = (await linesOf(stack, 'web', trace)).filter((it) => it.jsonPayload.message === 'task queued')
    const jobId = queued?.jsonPayload.metadata.jobId
    assert.ok(typeof jobId === 'string')
    await eventually('the last line', async () =>
      messages(await linesOf(stack, 'batch', trace)).includes('delivery completed'),
    )
    const batch = await linesOf(stack, 'batch', trace)
    assert.deepEqual(messages(batch).slice(-5), [
      'transcoded',
      'previews made',
      'task completed',
      'attempt ended',
      'delivery completed',
    ])
    await assertNoLineElsewhere(stack, jobId, trace)
    // The reaper's round is no part of the client's request, but names the job, and the message that was worked on is its own.
    const reaped = (await logEntries(stack.directory, 'batch')).filter(
      ({ jsonPayload: { message, metadata } }) => message === 'job published' && metadata.jobId === jobId,
    )
    assert.deepEqual(
      reaped.map(({ jsonPayload }) => jsonPayload.metadata.messageId),
      [batch.at(-1)?.jsonPayload.metadata.messageId],
    )
  })
})

const expireLeases = async ({ databaseUrl }: TestStack): Promise<void> => {
  const database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  await database.query("update jobs set lease_expires_at = now() - interval '1 second' where status = 'running'")
  await database.end()
}

const messages = (entries: LogEntry[]): string[] => entries.map(({ jsonPayload }) => jsonPayload.message)

const linesOf = async (stack: TestStack, service: 'web' | 'batch', trace: string): Promise<LogEntry[]> =>
  (await logEntries(stack.directory, service)).filter((entry) => entry.trace === trace)

/** Whatever batch says of a job stands in its trace, but for the reaper's word that it has published it. */
const assertNoLineElsewhere = async (stack: TestStack, jobId: string, trace: string): Promise<void> => {
  const others = (await logEntries(stack.directory, 'batch')).filter(
    (entry) => entry.jsonPayload.metadata.jobId === jobId && entry.trace !== trace,
  )
  assert.deepEqual(
    messages(others).filter((message) => message !== 'job published'),
    [],
  )
}
