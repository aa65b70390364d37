import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { after, afterEach, before, describe, test } from 'node:test'
import { Storage } from '@google-cloud/storage'
import { serveSource } from '@reelway/batch/source/source.ts'
import { isNotFound } from '@reelway/shared/storage/storage-errors.ts'
import { numberedBytes } from '../../contract/storage-assertions.ts'
import { type LocalPlace, openLocalPlace } from '../../contract/storage-place.ts'

const SIZE = 6_000_000
const bytes = numberedBytes(SIZE)

describe('the source on loopback', () => {
  let place: LocalPlace
  let reader: Storage
  let generation: string
  before(async () => {
    place = await openLocalPlace()
    reader = new Storage({ projectId: 'local', apiEndpoint: place.server.url, retryOptions: { autoRetry: false } })
    const file = place.storage.bucket('contract').file('source')
    await file.save(bytes, { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } })
    generation = String((await file.getMetadata())[0].generation)
  })
  after(() => place.close())
  afterEach(() => place.server.faults.clear())

  const source = () => serveSource(reader.bucket('contract').file('source', { generation }), SIZE)
  const read = async (url: string, range?: string): Promise<Buffer> =>
    Buffer.from(await (await fetch(url, { headers: range === undefined ? {} : { range } })).arrayBuffer())
  const served = () => place.server.faults.served('contract', 'source')

  test('it serves the whole object, and any range of it', async () => {
    await using opened = await source()
    assert.deepEqual(await read(opened.url), bytes)
    const before = served()
    assert.deepEqual(await read(opened.url, 'bytes=1000-1999'), bytes.subarray(1000, 2000))
    assert.deepEqual(await read(opened.url, 'bytes=-10'), bytes.subarray(-10))
    assert.equal(served().bytes - before.bytes, 1010)
    assert.equal(opened.record.bytesFetched, SIZE + 1010)
    assert.equal(opened.record.requests, 3)
    const beyond = await fetch(opened.url, { headers: { range: `bytes=${SIZE}-` } })
    assert.equal(beyond.status, 416)
    assert.equal(beyond.headers.get('content-range'), `bytes */${SIZE}`)
  })

  test('nobody finds it under another path', async () => {
    await using opened = await source()
    for (const path of ['/', '/source', `${new URL(opened.url).pathname}x`]) {
      assert.equal((await fetch(new URL(path, opened.url))).status, 404)
    }
    assert.equal(opened.record.requests, 0)
  })

  test('a reader that hangs up stops the read from the storage', async () => {
    await using opened = await source()
    const before = served().bytes
    for (let count = 0; count < 5; count += 1) {
      const request = get(opened.url, { headers: { range: `bytes=${count}-` } })
      const [response]: IncomingMessage[] = await once(request, 'response')
      await once(response ?? request, 'data')
      request.destroy()
    }
    assert.deepEqual(await read(opened.url, 'bytes=0-9'), bytes.subarray(0, 10))
    // What lies in the buffers between the disk and the reader, five times over.
    assert.ok(served().bytes - before < 5 * 3_000_000, `${served().bytes - before} bytes were fetched`)
    assert.equal(opened.record.failure, undefined)
  })

  test('a reader that hangs up before the storage has answered does no harm', async () => {
    await using opened = await source()
    for (const status of [undefined, 503, 403]) {
      place.server.faults.add({ match: { api: 'media' }, action: { kind: 'delay', ms: 300 } })
      if (status !== undefined) place.server.faults.add({ match: { api: 'media' }, action: { kind: 'status', status } })
      const request = get(opened.url).on('error', () => undefined)
      await new Promise((resolve) => setTimeout(resolve, 100))
      request.destroy()
      // An error outside of any try would end this process.
      await new Promise((resolve) => setTimeout(resolve, 600))
      place.server.faults.clear()
    }
    assert.equal(opened.record.failure, undefined)
    assert.deepEqual(await read(opened.url, 'bytes=0-9'), bytes.subarray(0, 10))
  })

  test('a slow reader holds the storage back', async () => {
    const large = Buffer.alloc(64_000_000, 'x')
    const file = place.storage.bucket('contract').file('large')
    await file.save(large, { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } })
    const [{ generation }] = await file.getMetadata()
    const pinned = reader.bucket('contract').file('large', { generation: String(generation) })
    await using opened = await serveSource(pinned, large.length)
    const request = get(opened.url)
    const [response]: IncomingMessage[] = await once(request, 'response')
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const fetched = place.server.faults.served('contract', 'large').bytes
    // As much as the sockets of two connections may hold.
    assert.ok(fetched < 32_000_000, `${fetched} bytes were fetched for nobody`)
    let received = 0
    for await (const part of response ?? []) received += part.length
    assert.equal(received, large.length)
  })

  test('what breaks in the middle goes on at the same byte', async () => {
    await using opened = await source()
    const { faults } = place.server
    faults.add({ match: { api: 'media' }, action: { kind: 'status', status: 503 } })
    faults.add({ match: { api: 'media' }, action: { kind: 'cut', afterBytes: 1_234_567 } })
    faults.add({ match: { api: 'media' }, action: { kind: 'truncate', afterBytes: 700_001 } })
    faults.add({ match: { api: 'media' }, action: { kind: 'status', status: 429 } })
    assert.deepEqual(await read(opened.url), bytes)
    assert.equal(opened.record.failure, undefined)
    assert.equal(opened.record.bytesFetched, SIZE)
  })

  test('a connection that goes silent is made anew', async () => {
    await using opened = await source()
    place.server.faults.add({ match: { api: 'media' }, action: { kind: 'stall', ms: 120_000, afterBytes: 50_000 } })
    assert.deepEqual(await read(opened.url, 'bytes=0-99999'), bytes.subarray(0, 100_000))
    assert.equal(opened.record.failure, undefined)
  })

  test('a read that fails for good cuts the connection, is recorded, and ends every later request at once', async () => {
    await using opened = await source()
    place.server.faults.add({ match: { api: 'media' }, times: 100, action: { kind: 'status', status: 403 } })
    await assert.rejects(read(opened.url))
    assert.ok(opened.record.failure instanceof Error)
    place.server.faults.clear()
    const before = served().requests
    await assert.rejects(read(opened.url))
    assert.equal(served().requests, before)
  })

  test('an object that is gone is recorded as such', async () => {
    await using opened = await serveSource(reader.bucket('contract').file('nothing', { generation: '1' }), 10)
    await assert.rejects(read(opened.url))
    assert.ok(isNotFound(opened.record.failure))
  })

  test('the bytes of a generation that was replaced are not served as the old ones', async () => {
    const file = place.storage.bucket('contract').file('replaced')
    await file.save('old', { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } })
    const old = String((await file.getMetadata())[0].generation)
    await file.save('new', { resumable: false, preconditionOpts: { ifGenerationMatch: old } })
    await using opened = await serveSource(reader.bucket('contract').file('replaced', { generation: old }), 3)
    await assert.rejects(read(opened.url))
    assert.ok(isNotFound(opened.record.failure))
  })

  test('closing ends at once, also while a read backs off or is silent', async () => {
    for (const action of [
      { kind: 'status', status: 503 },
      { kind: 'stall', ms: 600_000, afterBytes: 10 },
    ] as const) {
      const opened = await source()
      place.server.faults.add({ match: { api: 'media' }, times: 100, action })
      const reading = assert.rejects(read(opened.url))
      await new Promise((resolve) => setTimeout(resolve, 900))
      const askedAt = performance.now()
      await opened[Symbol.asyncDispose]()
      await reading
      assert.ok(performance.now() - askedAt < 20_000)
      assert.equal(opened.record.failure, undefined)
      place.server.faults.clear()
    }
  })
})
