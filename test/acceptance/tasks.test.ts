import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { z } from 'zod'
import { Client, describeFile, uploadFile } from '../support/client.ts'
import { withinAnHour } from '../support/within-an-hour.ts'
import { makeVideo } from '../videos/make-video.ts'
import { assertRefused } from './assert-refused.ts'
import { crc32c } from './crc32c.ts'
import { usePlace } from './place.ts'

describe('tasks and their uploads', () => {
  const place = usePlace()
  let client: Client
  let video: string
  before(async () => {
    client = await Client.signUp(place.baseUrl)
    video = await makeVideo('two-tenths')
  })

  test('a repeated request with the same Idempotency-Key makes one task', async () => {
    const body = await describeFile(video, {})
    const headers = { 'idempotency-key': randomUUID() }
    const [first, second] = await Promise.all([
      client.expect(201, 'POST', '/api/tasks', body, headers),
      client.expect(201, 'POST', '/api/tasks', body, headers),
    ])
    assert.equal(first.headers.get('location'), second.headers.get('location'))
    const third = await client.expect(201, 'POST', '/api/tasks', body, headers)
    assert.equal(third.headers.get('location'), first.headers.get('location'))
    assert.equal(third.headers.get('idempotent-replayed'), 'true')
    await assertRefused(client.call('POST', '/api/tasks', { ...body, preset: 'mp4-720p' }, headers), {
      code: 'idempotency_key_reused',
      status: 422,
    })
    const other = await Client.signUp(place.baseUrl)
    const elsewhere = await other.expect(201, 'POST', '/api/tasks', body, headers)
    assert.notEqual(elsewhere.headers.get('location'), first.headers.get('location'))
  })

  test('an upload with another CRC32C than announced is thrown away, and the right one is taken after it', async () => {
    const bytes = await readFile(video)
    const damaged = join(place.folder, 'damaged.mp4')
    await writeFile(damaged, bytes.with(1000, (bytes[1000] ?? 0) ^ 1))
    const { task, upload } = await client.createTask(video, { crc32c: crc32c(bytes), preset: 'mp4-720p' })
    await uploadFile(upload, damaged)
    // Either we are told so now, or the bucket's notification came first and the task says so.
    const answer = await client.call('POST', `/api/tasks/${task.id}/uploaded`)
    assert.notEqual(answer.status, 200)
    const waiting = await client.waitFor(task.id, ({ error }) => error !== null)
    assert.equal(waiting.error?.code, 'upload_checksum_mismatch')
    assert.equal(waiting.status, 'awaiting_upload')

    const renewed = await client.expect(200, 'POST', `/api/tasks/${task.id}/upload-url`)
    await uploadFile(uploadOf(renewed.body), video)
    await client.uploaded(task.id)
    const settled = await client.settled(task.id)
    assert.equal(settled.error, null)
    assert.equal(settled.status, 'completed')
  })

  test('the storage refuses a single upload whose bytes are not those announced', async () => {
    const bytes = await readFile(video)
    const { task, upload } = await client.createTask(video, { crc32c: crc32c(bytes), uploadType: 'single' })
    const sent = await fetch(upload.url, {
      method: upload.method,
      headers: upload.headers,
      body: bytes.with(1000, (bytes[1000] ?? 0) ^ 1),
    })
    assert.equal(sent.status, 400)
    await assertRefused(client.call('POST', `/api/tasks/${task.id}/uploaded`), { code: 'upload_missing', status: 409 })
  })

  test('the storage refuses more or fewer bytes than announced', async () => {
    const bytes = await readFile(video)
    for (const body of [Buffer.concat([bytes, Buffer.from('x')]), bytes.subarray(1)]) {
      const { upload } = await client.createTask(video, { uploadType: 'single' })
      const sent = await fetch(upload.url, { method: upload.method, headers: upload.headers, body })
      assert.equal(sent.status, 400, await sent.text())
    }
    const { upload } = await client.createTask(video)
    const { size, longer } = { size: bytes.length, longer: Buffer.concat([bytes, bytes]) }
    const session = await fetch(upload.url, { method: upload.method, headers: upload.headers })
    const sent = await fetch(session.headers.get('location') ?? '', {
      method: 'PUT',
      headers: { 'content-range': `bytes 0-${size * 2 - 1}/${size * 2}` },
      body: longer,
    })
    assert.equal(sent.status, 400, await sent.text())
  })

  test('an upload URL is for its own object, type and size alone', async () => {
    const { upload } = await client.createTask(video, { uploadType: 'single' })
    const body = await readFile(video)
    const other = new URL(upload.url)
    other.pathname = other.pathname.replace(/[0-9a-f-]{36}$/, randomUUID())
    for (const [url, headers] of [
      [other.href, upload.headers],
      [upload.url, { ...upload.headers, 'content-type': 'text/html' }],
      [upload.url, { ...upload.headers, 'x-goog-content-length-range': '0,99999999' }],
    ] as const) {
      const sent = await fetch(url, { method: 'PUT', headers, body })
      assert.equal(sent.status, 403, await sent.text())
    }
    assert.equal((await fetch(upload.url, { method: 'PUT', headers: upload.headers, body })).status, 200)
    const again = await fetch(upload.url, { method: 'PUT', headers: upload.headers, body })
    assert.equal(again.status, 412, 'what is there cannot be overwritten')
  })

  test('a repeated /uploaded changes nothing, and a finished task cannot be uploaded, cancelled or retried', async () => {
    const { id } = await client.submit(video, { preset: 'mp4-720p' })
    await client.uploaded(id)
    await client.settled(id)
    await withinAnHour()
    const settled = await client.task(id)
    assert.equal(settled.status, 'completed')
    assert.deepEqual(await client.uploaded(id), settled)
    for (const action of ['upload-url', 'cancel', 'retry']) {
      await assertRefused(client.call('POST', `/api/tasks/${id}/${action}`), {
        code: 'task_state_conflict',
        status: 409,
      })
    }
    assert.deepEqual(await client.task(id), settled)
  })

  test('a task that waits for its upload can be cancelled, and not retried', async () => {
    const { task, upload } = await client.createTask(video)
    await assertRefused(client.call('POST', `/api/tasks/${task.id}/uploaded`), { code: 'upload_missing', status: 409 })
    const cancelled = await client.cancel(task.id)
    assert.equal(cancelled.status, 'cancelled')
    await assertRefused(client.call('POST', `/api/tasks/${task.id}/retry`), {
      code: 'task_state_conflict',
      status: 409,
    })
    await uploadFile(upload, video)
    await assertRefused(client.call('POST', `/api/tasks/${task.id}/uploaded`), {
      code: 'task_state_conflict',
      status: 409,
    })
  })

  test('a list goes through all tasks once, page by page', async () => {
    const lister = await Client.signUp(place.baseUrl)
    const made: string[] = []
    for (let count = 0; count < 5; count += 1) made.push((await lister.createTask(video)).task.id)
    const listed: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const { body } = await lister.expect(200, 'GET', `/api/tasks?limit=2&order=oldest${query}`)
      const page = z
        .object({ data: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() })
        .parse(body)
      assert.ok(page.data.length <= 2)
      listed.push(...page.data.map(({ id }) => id))
      cursor = page.nextCursor
    }
    assert.deepEqual(listed, made)
  })
})

const uploadOf = (body: unknown) =>
  z
    .object({
      type: z.enum(['resumable', 'single']),
      method: z.string(),
      url: z.string(),
      headers: z.record(z.string(), z.string()),
      expiresAt: z.string(),
    })
    .parse(body)
