import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { Client, type Task } from '../support/client.ts'
import { makeVideo } from '../videos/make-video.ts'
import { useStack } from './place.ts'
import { encoders, eventually, jobPushes, workFiles } from './watch-stack.ts'

const INSTANCES = 2
const USERS = 4
const TASKS_OF_EACH = 10

describe('more pushes than there are instances', () => {
  // Twenty pushes at a time for two instances that take one each: the others wait, and are refused with 429 when that takes too long.
  const place = useStack({
    batchInstances: INSTANCES,
    conversionsAtOnce: 20,
    push: { maxDeliveryAttempts: 5, backoffSeconds: { minimum: 0.3, maximum: 1 } },
    batchVariables: { FFMPEG_THREADS: '1' },
  })
  let video: string
  before(async () => {
    video = await makeVideo('one-frame')
  })

  test('all tasks are completed, none fails for it, and no instance runs two encoders', async (t) => {
    const { stack } = place
    const startedAt = new Date()
    const clients = await Promise.all(Array.from({ length: USERS }, () => Client.signUp(stack.webUrl)))
    const watching = new AbortController()
    const mostEncoders = watchEncoders(watching.signal)
    const tasks = await Promise.all(
      clients.map(async (client) => {
        const submitted: Task[] = []
        for (let count = 0; count < TASKS_OF_EACH; count += 1) {
          // Not mp4, or there would be nothing to encode.
          submitted.push(await client.submit(video, { preset: 'webm-720p', uploadType: 'single' }))
        }
        return await Promise.all(submitted.map(({ id }) => client.settled(id)))
      }),
    ).then((all) => all.flat())
    watching.abort()

    for (const { status, error, attempts } of tasks) {
      assert.equal(error, null)
      assert.deepEqual({ status, attempts }, { status: 'completed', attempts: 1 })
    }
    assert.equal(tasks.length, USERS * TASKS_OF_EACH)
    const most = await mostEncoders
    assert.ok(most >= 1 && most <= INSTANCES, `${most} encoders at a time`)
    await stack.pubsub.idle()
    const pushes = jobPushes(stack, startedAt)
    const refused = pushes.filter((push) => push === 429).length
    assert.deepEqual(
      [...new Set(pushes)].filter((push) => push !== 204 && push !== 429),
      [],
    )
    t.diagnostic(
      `${tasks.length} tasks by ${pushes.length} pushes, of which ${refused} were refused with 429; ${most} encoders at most`,
    )
    await eventually('nothing is left on any disk', async () =>
      (await workFiles(stack)).every((file) => /^\d+$/.test(file)),
    )
  })

  /** The most encoders that were ever seen at the same time, until `signal` is aborted. */
  const watchEncoders = async (signal: AbortSignal): Promise<number> => {
    let most = 0
    while (!signal.aborted) {
      most = Math.max(most, (await encoders(place.stack)).length)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return most
  }
})
