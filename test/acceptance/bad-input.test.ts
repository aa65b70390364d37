import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { Client } from '../support/client.ts'
import { makeVideo } from '../videos/make-video.ts'
import type { VideoName } from '../videos/recipes.ts'
import { useStack } from './place.ts'
import { encoders, eventually, jobPushes, objectsOf, workFiles } from './watch-stack.ts'

/** Far more than needed on an idle machine; far less than any redelivery or time limit would take. */
const AT_ONCE_SECONDS = 30

describe('a file that cannot be converted', () => {
  const place = useStack()
  let client: Client
  before(async () => {
    client = await Client.signUp(place.stack.webUrl)
  })

  const assertFails = async (video: VideoName, wanted: { code: string; says: RegExp; preset?: string }) => {
    const { stack } = place
    const startedAt = new Date()
    const task = await client.convert(await makeVideo(video), {
      preset: wanted.preset ?? 'league',
      fileName: `${video}.mp4`,
      contentType: 'video/mp4',
    })
    const seconds = (Date.now() - startedAt.getTime()) / 1000
    assert.equal(task.error?.code, wanted.code)
    assert.equal(task.status, 'failed')
    assert.match(task.error?.message ?? '', wanted.says)
    assert.equal(task.attempts, 1)
    assert.ok(seconds < AT_ONCE_SECONDS, `it took ${seconds} s`)
    await stack.pubsub.idle()
    assert.deepEqual(jobPushes(stack, startedAt), [204], 'one delivery, and it is acknowledged')
    assert.deepEqual(await encoders(stack), [])
    assert.deepEqual(await workFiles(stack), [])
    assert.deepEqual(await objectsOf(stack, 'outputs', task.id), [])
  }

  test('a text is no video', () => assertFails('text-named-mp4', { code: 'document_instead', says: /video itself/ }))

  test('noise is no video', () => assertFails('noise-named-mp4', { code: 'not_a_video', says: /upload it again/ }))

  test('an HLS playlist named mp4 is not followed', () =>
    assertFails('playlist-named-mp4', { code: 'playlist_instead', says: /not fetched/ }))

  test('a DASH manifest named mp4 is not followed', () =>
    assertFails('manifest-named-mp4', { code: 'playlist_instead', says: /not fetched/ }))

  test('a list of files named mp4 is not followed', () =>
    assertFails('list-named-mp4', { code: 'playlist_instead', says: /not fetched/ }))

  test('sound alone has no picture', () => assertFails('sound-only', { code: 'no_picture', says: /video track/ }))

  test('a cover is no moving picture', () =>
    assertFails('cover-picture', { code: 'no_picture', says: /cover picture/ }))

  test('a video that is cut short says how much of it is there', () =>
    assertFails('cut-mp4', { code: 'source_truncated', says: /announces 5(\.\d+)? s but ends after \d(\.\d+)? s/ }))

  test('a video without its index, which came last, is unfinished', () =>
    assertFails('cut-moov-last', { code: 'source_unfinished', says: /interrupted/ }))

  test('a picture that would fill the memory is refused', () =>
    assertFails('huge-picture', { code: 'picture_too_large', says: /At most 35389440 pixels/ }))

  test('after all of them an ordinary video is converted, and one that cannot be written fails for its own reason', async () => {
    const { stack } = place
    const task = await client.convert(await makeVideo('two-tenths'), { preset: 'league' })
    assert.equal(task.error, null)
    assert.equal(task.status, 'completed')
    await eventually('an empty work folder', async () => (await workFiles(stack)).length === 0)

    // Somebody removed the work folder: transient, tried again, given up, and retried by hand when it is there again.
    await rm(join(stack.directory, 'work'), { recursive: true })
    const failed = await client.convert(await makeVideo('two-tenths'), { preset: 'league' })
    assert.equal(failed.status, 'failed')
    assert.equal(failed.attempts, 5)
    assert.match(failed.error?.message ?? '', /5 times.*retry the task/)
  })
})
