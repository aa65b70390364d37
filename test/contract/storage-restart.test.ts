import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { numberedBytes } from './storage-assertions.ts'
import { type LocalPlace, openLocalPlace } from './storage-place.ts'

const QUANTUM = 256 * 1024

describe('the local Cloud Storage, restarted on its directory', () => {
  let place: LocalPlace
  before(async () => {
    place = await openLocalPlace()
  })
  after(() => place.close())

  it('has its buckets with their rules, its notifications and its objects', async () => {
    const bucket = place.storage.bucket('contract')
    await bucket.setCorsConfiguration([{ origin: ['https://a.example'], method: ['GET'] }])
    await bucket.createNotification('projects/local/topics/changes', { eventTypes: ['OBJECT_FINALIZE'] })
    const file = bucket.file('kept/ü')
    await file.save('content', { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } })
    const [before] = await file.getMetadata()
    await place.restart()
    assert.deepEqual((await file.getMetadata())[0], before)
    assert.equal(String((await file.download())[0]), 'content')
    assert.deepEqual((await bucket.getMetadata())[0].cors?.[0]?.origin, ['https://a.example'])
    assert.equal((await bucket.getNotifications())[0].length, 1)
    await file.save('more', { resumable: false, preconditionOpts: { ifGenerationMatch: Number(before.generation) } })
    assert.ok(BigInt((await file.getMetadata())[0].generation ?? 0) > BigInt(before.generation ?? 0))
  })

  it('lets an upload session go on, and sums the whole object', async () => {
    const bytes = numberedBytes(2 * QUANTUM + 10)
    const [uri] = await place.storage
      .bucket('contract')
      .file('resumed')
      .createResumableUpload({ preconditionOpts: { ifGenerationMatch: 0 } })
    const first = { 'content-range': `bytes 0-${QUANTUM - 1}/*` }
    await fetch(uri, { method: 'PUT', body: bytes.subarray(0, QUANTUM), headers: first })
    await place.restart()
    const status = await fetch(uri, { method: 'PUT', headers: { 'content-range': `bytes */${bytes.length}` } })
    assert.equal(status.status, 308)
    assert.equal(status.headers.get('range'), `bytes=0-${QUANTUM - 1}`)
    const rest = { 'content-range': `bytes ${QUANTUM}-${bytes.length - 1}/${bytes.length}` }
    const last = await fetch(uri, { method: 'PUT', body: bytes.subarray(QUANTUM), headers: rest })
    const { md5Hash } = (await last.json()) as { md5Hash: string }
    assert.equal(md5Hash, createHash('md5').update(bytes).digest('base64'))
    await place.restart()
    const again = await fetch(uri, { method: 'PUT', headers: { 'content-range': 'bytes */*' } })
    assert.equal(again.status, 200)
    assert.equal(((await again.json()) as { md5Hash: string }).md5Hash, md5Hash)
  })
})
