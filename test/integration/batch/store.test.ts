import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, afterEach, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { storeResult, storeStream } from '@reelway/batch/store.ts'
import { ReelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { numberedBytes } from '../../contract/storage-assertions.ts'
import { type LocalPlace, openLocalPlace } from '../../contract/storage-place.ts'

const SMALL_BYTES = 300_000
/** From 16 MiB on a result is sent in a resumable session. */
const LARGE_BYTES = 17 * 1024 * 1024
const never = new AbortController().signal

describe('storing a result', () => {
  let place: LocalPlace
  let folder: string
  let path: string
  before(async () => {
    place = await openLocalPlace()
    folder = await mkdtemp(join(tmpdir(), 'reelway-store-'))
    path = join(folder, 'result.mp4')
  })
  after(async () => {
    await place.close()
    await rm(folder, { recursive: true })
  })
  afterEach(() => place.server.faults.clear())

  const prepare = async (sizeBytes: number) => {
    const bytes = numberedBytes(sizeBytes)
    await writeFile(path, bytes)
    return { bytes, result: { path, sizeBytes, objectName: `outputs/${randomUUID()}`, contentType: 'video/mp4' } }
  }
  const bucket = () => place.storage.bucket('contract')
  const assertStored = async (objectName: string, bytes: Buffer) => {
    const [content] = await bucket().file(objectName).download()
    assert.ok(content.equals(bytes))
    const [metadata] = await bucket().file(objectName).getMetadata()
    assert.equal(metadata.contentType, 'video/mp4')
    return String(metadata.generation)
  }

  test('a small and a large result are stored, and their facts are returned', async () => {
    for (const sizeBytes of [SMALL_BYTES, LARGE_BYTES]) {
      const { bytes, result } = await prepare(sizeBytes)
      const facts = await storeResult(bucket(), result, never)
      assert.equal(facts.generation, await assertStored(result.objectName, bytes))
      assert.equal(facts.sizeBytes, sizeBytes)
    }
  })

  test('what is refused with 503, 429 or 500 is sent again', async () => {
    const { bytes, result } = await prepare(SMALL_BYTES)
    for (const status of [503, 429, 500]) {
      place.server.faults.add({ match: { api: 'upload' }, action: { kind: 'status', status } })
    }
    await storeResult(bucket(), result, never)
    await assertStored(result.objectName, bytes)
  })

  test('an answer that comes while the body is still being sent is no end of it', async () => {
    const { bytes, result } = await prepare(12_000_000)
    for (const status of [503, 503]) {
      place.server.faults.add({ match: { api: 'upload' }, action: { kind: 'status', status } })
    }
    await storeResult(bucket(), result, never)
    await assertStored(result.objectName, bytes)
  })

  test('a connection that breaks in the middle is made anew', async () => {
    const { bytes, result } = await prepare(SMALL_BYTES)
    place.server.faults.add({ match: { api: 'upload' }, action: { kind: 'cut', afterBytes: 100_000 } })
    await storeResult(bucket(), result, never)
    await assertStored(result.objectName, bytes)
  })

  test('a large result goes on after a session that answers 503', async () => {
    const { bytes, result } = await prepare(LARGE_BYTES)
    place.server.faults.add({ match: { api: 'resumable', method: 'PUT' }, action: { kind: 'status', status: 503 } })
    await storeResult(bucket(), result, never)
    await assertStored(result.objectName, bytes)
  })

  test('an answer that was lost after the object arrived is no failure, and no second object', async () => {
    const { bytes, result } = await prepare(SMALL_BYTES)
    place.server.faults.add({ match: { api: 'upload' }, action: { kind: 'lose-answer' } })
    const facts = await storeResult(bucket(), result, never)
    assert.equal(facts.generation, await assertStored(result.objectName, bytes))
    assert.equal(facts.sizeBytes, SMALL_BYTES)
  })

  test('a question that is never answered is given up, and asked again', async () => {
    const { bytes, result } = await prepare(SMALL_BYTES)
    const { faults } = place.server
    faults.add({ match: { api: 'upload' }, action: { kind: 'lose-answer' } })
    faults.add({ match: { method: 'GET', api: 'json' }, action: { kind: 'delay', ms: 120_000 } })
    const facts = await storeResult(bucket(), result, never)
    assert.equal(facts.generation, await assertStored(result.objectName, bytes))
  })

  test('a storage that goes on failing ends in a transient error with its cause', async () => {
    const { result } = await prepare(SMALL_BYTES)
    place.server.faults.add({ match: { api: 'upload' }, times: 100, action: { kind: 'status', status: 503 } })
    await assert.rejects(storeResult(bucket(), result, never), (error: unknown) => {
      assert.ok(error instanceof ReelwayError)
      assert.equal(error.code, 'result_not_stored')
      assert.ok(error.cause instanceof Error)
      return true
    })
  })

  test('an abort ends a stalled upload within moments with its reason, and leaves no object', async () => {
    for (const [sizeBytes, match] of [
      [SMALL_BYTES, { api: 'upload' }],
      [LARGE_BYTES, { api: 'resumable', method: 'PUT' }],
    ] as const) {
      const { result } = await prepare(sizeBytes)
      place.server.faults.add({ match, action: { kind: 'stall', ms: 60_000, afterBytes: 1_000 } })
      const abort = new AbortController()
      const reason = new Error('the lease was lost')
      setTimeout(() => abort.abort(reason), 300)
      const startedAt = performance.now()
      await assert.rejects(storeResult(bucket(), result, abort.signal), (error) => error === reason)
      assert.ok(performance.now() - startedAt < 30_000)
      assert.deepEqual(await bucket().file(result.objectName).exists(), [false])
      place.server.faults.clear()
    }
  })

  test('an upload that arrives just after the abort is known, so that it can be removed or used', async () => {
    const { bytes, result } = await prepare(SMALL_BYTES)
    place.server.faults.add({ match: { api: 'upload' }, action: { kind: 'delay', ms: 1_000 } })
    const abort = new AbortController()
    const before = place.server.faults.requests()
    const storing = storeResult(bucket(), result, abort.signal)
    while (place.server.faults.requests() === before) await sleep(10)
    abort.abort(new Error('the lease was lost'))
    const facts = await storing
    assert.equal(facts.generation, await assertStored(result.objectName, bytes))
  })

  test('an abort that comes when the object has arrived removes it', async () => {
    const { result } = await prepare(SMALL_BYTES)
    const abort = new AbortController()
    const reason = new Error('the lease was lost')
    place.server.faults.add({ match: { api: 'upload' }, action: { kind: 'lose-answer' } })
    setTimeout(() => abort.abort(reason), 250)
    await assert.rejects(storeResult(bucket(), result, abort.signal), (error) => error === reason)
    assert.deepEqual(await bucket().file(result.objectName).exists(), [false])
  })

  test('a result that is made while it is stored is begun anew when it breaks off', async () => {
    for (const sizeBytes of [SMALL_BYTES, LARGE_BYTES]) {
      const { bytes, result } = await prepare(sizeBytes)
      let begun = 0
      const stream = async function* () {
        begun += 1
        yield bytes.subarray(0, 250_000)
        if (begun === 1) throw Object.assign(new Error('a part could not be read'), { code: 503 })
        yield bytes.subarray(250_000)
      }
      const facts = await storeStream(bucket(), { ...result, stream }, never)
      assert.equal(begun, 2)
      assert.equal(facts.generation, await assertStored(result.objectName, bytes))
    }
  })

  test('a result that is made while it is stored, and comes out too short or too long, is no object', async () => {
    for (const sizeBytes of [SMALL_BYTES, LARGE_BYTES]) {
      const { bytes, result } = await prepare(sizeBytes)
      for (const announcedBytes of [sizeBytes + 1, sizeBytes - 1]) {
        const made = { ...result, sizeBytes: announcedBytes, stream: () => Readable.from([bytes]) }
        await assert.rejects(storeStream(bucket(), made, never), (error: unknown) => {
          assert.ok(error instanceof ReelwayError)
          assert.equal(error.code, 'result_rejected')
          return true
        })
        assert.deepEqual(await bucket().file(result.objectName).exists(), [false])
      }
    }
  })
})
