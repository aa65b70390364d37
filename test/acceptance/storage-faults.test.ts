import assert from 'node:assert/strict'
import { join } from 'node:path'
import { afterEach, before, describe, test } from 'node:test'
import { Client, downloadResult } from '../support/client.ts'
import { makeVideo } from '../videos/make-video.ts'
import { inspectVideo } from './inspect-video.ts'
import { useStack } from './place.ts'
import { encoders, jobPushes, objectsOf, resultsOf, workFiles } from './watch-stack.ts'

describe('a storage that fails', () => {
  const place = useStack()
  let client: Client
  let video: string
  before(async () => {
    client = await Client.signUp(place.stack.webUrl)
    video = await makeVideo('plain')
  })
  afterEach(() => place.stack.storage.faults.clear())

  /** Converts the clip of 150 frames, and looks at every one of them. */
  const assertConverts = async (name: string) => {
    const { stack } = place
    const startedAt = new Date()
    const task = await client.convert(video, { preset: 'mp4-720p' })
    assert.equal(task.error, null)
    assert.equal(task.attempts, 1)
    const path = join(place.folder, `${name}.mp4`)
    await downloadResult(task, path)
    const { video: picture, durationSeconds } = await inspectVideo(path)
    assert.equal(picture.nb_read_packets, 150)
    assert.ok(Math.abs(durationSeconds - 5) < 0.05)
    await stack.pubsub.idle()
    assert.deepEqual(jobPushes(stack, startedAt), [204])
    assert.equal((await resultsOf(stack, task.id)).length, 1)
  }

  test('a read that is answered 503 is tried again', async () => {
    place.stack.storage.faults.add({ match: { api: 'media' }, action: { kind: 'status', status: 503 } })
    await assertConverts('once-503')
  })

  test('reads that are answered 503, 429 and 500 in a row are tried again', async () => {
    for (const status of [503, 429, 500]) {
      place.stack.storage.faults.add({ match: { api: 'media' }, action: { kind: 'status', status } })
    }
    await assertConverts('several')
  })

  test('reads that break off in the middle go on where they broke', async () => {
    const { faults } = place.stack.storage
    for (const afterBytes of [1, 5_000, 300_000]) {
      faults.add({ match: { api: 'media' }, action: { kind: 'cut', afterBytes } })
    }
    await assertConverts('cut')
  })

  test('bodies that end early go on where they ended', async () => {
    const { faults } = place.stack.storage
    for (const afterBytes of [0, 4_096, 500_000]) {
      faults.add({ match: { api: 'media' }, action: { kind: 'truncate', afterBytes } })
    }
    await assertConverts('truncated')
  })

  test('a read that goes silent is given up and made anew', async () => {
    const { faults } = place.stack.storage
    faults.add({ match: { api: 'media' }, action: { kind: 'stall', ms: 120_000, afterBytes: 100_000 } })
    await assertConverts('silent')
  })

  test('a result that is refused with 503, or whose answer is lost, is stored once', async () => {
    const { faults } = place.stack.storage
    faults.add({ match: { api: 'upload', object: /outputs/ }, action: { kind: 'status', status: 503 } })
    faults.add({ match: { api: 'upload', object: /outputs/ }, action: { kind: 'lose-answer' } })
    await assertConverts('stored')
  })

  test('an upload that cannot be read fails after the last attempt, and converts when it is retried later', async () => {
    const { stack } = place
    const { faults } = stack.storage
    const startedAt = new Date()
    // A status that is worth no repetition within an attempt.
    faults.add({ match: { api: 'media' }, times: 1_000, action: { kind: 'status', status: 403 } })
    const task = await client.convert(video, { preset: 'mp4-720p' })
    assert.equal(task.error?.code, 'source_unreachable')
    assert.equal(task.status, 'failed')
    assert.match(task.error?.message ?? '', /could not be read|failed while the file was read, 5 times/)
    assert.equal(task.attempts, 5)
    await stack.pubsub.idle()
    assert.deepEqual(jobPushes(stack, startedAt), [503, 503, 503, 503, 503])
    assert.deepEqual(await objectsOf(stack, 'outputs', task.id), [])
    assert.deepEqual(await workFiles(stack), [])
    assert.deepEqual(await encoders(stack), [])

    faults.clear()
    assert.equal((await client.retry(task.id)).error, null)
    const retried = await client.settled(task.id)
    assert.equal(retried.error, null)
    assert.equal(retried.attempts, 1)
  })

  test('a result that cannot be stored fails after the last attempt with its own reason', async () => {
    const { faults } = place.stack.storage
    faults.add({ match: { api: 'upload', object: /outputs/ }, times: 1_000, action: { kind: 'status', status: 403 } })
    const task = await client.convert(await makeVideo('two-tenths'), { preset: 'mp4-720p' })
    assert.equal(task.error?.code, 'result_not_stored')
    assert.equal(task.attempts, 5)
    assert.match(task.error?.message ?? '', /5 times/)
    faults.clear()
    await client.retry(task.id)
    assert.equal((await client.settled(task.id)).error, null)
  })

  test('an upload that is gone fails at once', async () => {
    place.stack.storage.faults.add({ match: { api: 'media' }, times: 1_000, action: { kind: 'status', status: 404 } })
    const failed = await client.convert(video, { preset: 'mp4-720p' })
    assert.equal(failed.error?.code, 'source_missing')
    assert.equal(failed.attempts, 1)
  })
})
