import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { Storage } from '@google-cloud/storage'
import { assertFails, numberedBytes } from './storage-assertions.ts'
import { type LocalPlace, openLocalPlace } from './storage-place.ts'

const bytes = numberedBytes(1_000_000)

describe('faults of the local Cloud Storage', () => {
  let place: LocalPlace
  let reads: Storage
  let url: string
  before(async () => {
    place = await openLocalPlace()
    reads = new Storage({ projectId: 'local', apiEndpoint: place.server.url, retryOptions: { autoRetry: false } })
    const file = place.storage.bucket('contract').file('source')
    await file.save(bytes, { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } })
    url = (await file.getSignedUrl({ version: 'v4', action: 'read', expires: Date.now() + 60_000 }))[0]
  })
  after(() => place.close())
  afterEach(() => place.server.faults.clear())

  const download = async (): Promise<Buffer> => (await reads.bucket('contract').file('source').download())[0]

  it('a 503 on a download is an ordinary rejection for a client that does not retry', async () => {
    // With autoRetry the same 503 ends the process: ERR_STREAM_UNABLE_TO_PIPE, thrown outside of any try.
    place.server.faults.add({ match: { api: 'media' }, action: { kind: 'status', status: 503 } })
    await assertFails(download(), 503)
    assert.deepEqual(await download(), bytes)
  })

  it('a fault strikes as often as it is told, and only what it matches', async () => {
    const { faults } = place.server
    faults.add({
      match: { method: 'GET', api: 'json', object: /source$/ },
      times: 2,
      action: { kind: 'status', status: 500 },
    })
    assert.equal((await fetch(`${place.server.url}/storage/v1/b/contract/o/other`)).status, 404)
    for (const status of [500, 500, 200])
      assert.equal((await fetch(`${place.server.url}/storage/v1/b/contract/o/source`)).status, status)
  })

  it('a cut breaks a download off', async () => {
    place.server.faults.add({ match: { api: 'media' }, action: { kind: 'cut', afterBytes: 300_000 } })
    const response = await fetch(url)
    assert.equal(response.status, 200)
    await assert.rejects(response.arrayBuffer())
  })

  it('a truncated download ends cleanly with too few bytes', async () => {
    place.server.faults.add({ match: { api: 'media' }, action: { kind: 'truncate', afterBytes: 300_000 } })
    assert.deepEqual(Buffer.from(await (await fetch(url)).arrayBuffer()), bytes.subarray(0, 300_000))
    place.server.faults.add({ match: { api: 'media' }, action: { kind: 'truncate', afterBytes: 300_000 } })
    await assert.rejects(download(), /CONTENT_DOWNLOAD_MISMATCH|did not match/)
  })

  it('a stall and a delay hold up an answer that is then whole', async () => {
    for (const action of [
      { kind: 'stall', ms: 150, afterBytes: 500_000 },
      { kind: 'delay', ms: 150 },
    ] as const) {
      place.server.faults.add({ match: { api: 'media' }, action })
      const started = performance.now()
      assert.deepEqual(Buffer.from(await (await fetch(url)).arrayBuffer()), bytes)
      assert.ok(performance.now() - started >= 140, action.kind)
    }
  })

  it('a stall ends when the server closes', async () => {
    const other = await openLocalPlace()
    await other.storage
      .bucket('contract')
      .file('x')
      .save('x', { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } })
    other.server.faults.add({ match: { api: 'media' }, action: { kind: 'stall', ms: 600_000 } })
    const response = await fetch(`${other.server.url}/storage/v1/b/contract/o/x?alt=media`)
    const body = assert.rejects(response.arrayBuffer())
    await other.close()
    await body
  })

  it('a cut breaks an upload off, and the client’s own upload goes on from what was kept', async () => {
    const file = place.storage.bucket('contract').file('cut')
    place.server.faults.add({
      match: { method: 'PUT', api: 'resumable' },
      action: { kind: 'cut', afterBytes: 600_000 },
    })
    await file.save(bytes, { chunkSize: 512 * 1024, preconditionOpts: { ifGenerationMatch: 0 } })
    assert.deepEqual((await file.download())[0], bytes)
  })

  it('a lost answer leaves the work done', async () => {
    place.server.faults.add({ match: { method: 'POST', api: 'upload' }, action: { kind: 'lose-answer' } })
    const upload = `${place.server.url}/upload/storage/v1/b/contract/o?uploadType=media&name=lost&ifGenerationMatch=0`
    await assert.rejects(fetch(upload, { method: 'POST', body: 'x' }))
    assert.equal((await fetch(upload, { method: 'POST', body: 'x' })).status, 412)
  })

  it('what is served of an object is counted', async () => {
    const before = place.server.faults.served('contract', 'source')
    await fetch(url, { headers: { range: 'bytes=0-99' } }).then((response) => response.arrayBuffer())
    await reads.bucket('contract').file('source').download({ start: 100, end: 149 })
    const after = place.server.faults.served('contract', 'source')
    assert.deepEqual(
      { bytes: after.bytes - before.bytes, requests: after.requests - before.requests },
      { bytes: 150, requests: 2 },
    )
  })
})
