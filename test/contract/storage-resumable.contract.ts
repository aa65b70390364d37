import assert from 'node:assert/strict'
import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { File } from '@google-cloud/storage'
import { assertXmlError, numberedBytes } from './storage-assertions.ts'
import type { StoragePlace } from './storage-place.ts'

const QUANTUM = 256 * 1024

/** The protocol of resumable uploads, spoken in plain HTTP; sessions started by a signed URL and by Google's client. */
export const resumableContract = (place: () => StoragePlace): void => {
  const file = (name: string): File => place().storage.bucket(place().bucket).file(`${place().prefix}resumable/${name}`)
  const startSigned = async (name: string, headers: Record<string, string> = {}): Promise<Response> => {
    const [url] = await file(name).getSignedUrl({
      version: 'v4',
      action: 'resumable',
      expires: Date.now() + 60_000,
      extensionHeaders: headers,
    })
    return fetch(url, { method: 'POST', headers: { 'x-goog-resumable': 'start', ...headers } })
  }
  const session = async (name: string, headers?: Record<string, string>): Promise<string> => {
    const response = await startSigned(name, headers)
    assert.equal(response.status, 201, await response.text())
    return response.headers.get('location') ?? assert.fail('no Location')
  }
  const put = (uri: string, body: Buffer, range?: string): Promise<Response> =>
    fetch(uri, { method: 'PUT', body, headers: range === undefined ? {} : { 'content-range': range } })
  const assertKept = (response: Response, bytes: number): void => {
    assert.equal(response.status, 308)
    assert.equal(response.headers.get('range'), bytes === 0 ? null : `bytes=0-${bytes - 1}`)
  }
  const content = async (name: string): Promise<Buffer> => (await file(name).download())[0]

  describe('resumable uploads', () => {
    it('finish in one request', async () => {
      const bytes = numberedBytes(100_000)
      const uri = await session('single')
      assert.equal((await put(uri, bytes)).status, 200)
      assert.deepEqual(await content('single'), bytes)
    })

    it('go on where the last chunk ended, and show the object only when finished', async () => {
      const bytes = numberedBytes(2 * QUANTUM + 1000)
      const uri = await session('chunks')
      assertKept(await put(uri, Buffer.alloc(0), `bytes */${bytes.length}`), 0)
      assertKept(await put(uri, bytes.subarray(0, QUANTUM), `bytes 0-${QUANTUM - 1}/*`), QUANTUM)
      assert.equal((await file('chunks').exists())[0], false)
      const second = `bytes ${QUANTUM}-${2 * QUANTUM - 1}/${bytes.length}`
      assertKept(await put(uri, bytes.subarray(QUANTUM, 2 * QUANTUM), second), 2 * QUANTUM)
      assertKept(await put(uri, Buffer.alloc(0), 'bytes */*'), 2 * QUANTUM)
      const last = `bytes ${2 * QUANTUM}-${bytes.length - 1}/${bytes.length}`
      assert.equal((await put(uri, bytes.subarray(2 * QUANTUM), last)).status, 200)
      assert.deepEqual(await content('chunks'), bytes)
      assert.equal((await put(uri, Buffer.alloc(0), `bytes */${bytes.length}`)).status, 200)
    })

    it('keep the whole multiples of 256 KiB of a longer chunk, and take the rest again', async () => {
      const bytes = numberedBytes(QUANTUM + 5000)
      const uri = await session('odd')
      assertKept(await put(uri, bytes.subarray(0, QUANTUM + 100), `bytes 0-${QUANTUM + 99}/*`), QUANTUM)
      const rest = `bytes ${QUANTUM}-${bytes.length - 1}/${bytes.length}`
      assert.equal((await put(uri, bytes.subarray(QUANTUM), rest)).status, 200)
      assert.deepEqual(await content('odd'), bytes)
    })

    it('refuse a chunk under 256 KiB that is not the last', async () => {
      const uri = await session('small')
      assert.equal((await put(uri, numberedBytes(1000), 'bytes 0-999/*')).status, 400)
      assertKept(await put(uri, Buffer.alloc(0), 'bytes */*'), 0)
    })

    it('refuse a chunk that leaves a gap, and drop what comes twice', async () => {
      const bytes = numberedBytes(2 * QUANTUM)
      const uri = await session('gap')
      const gap = await put(uri, bytes.subarray(QUANTUM), `bytes ${QUANTUM}-${2 * QUANTUM - 1}/*`)
      assert.equal(gap.status, 503)
      assert.match(await gap.text(), /exceeds already uploaded size of 0 byte/)
      assertKept(await put(uri, bytes.subarray(0, QUANTUM), `bytes 0-${QUANTUM - 1}/*`), QUANTUM)
      assert.equal((await put(uri, bytes, `bytes 0-${2 * QUANTUM - 1}/${2 * QUANTUM}`)).status, 200)
      assert.deepEqual(await content('gap'), bytes)
    })

    it('go on after a broken connection', async () => {
      const bytes = numberedBytes(4 * QUANTUM + 77)
      const uri = await session('broken')
      await putAndBreak(uri, bytes.subarray(0, 2 * QUANTUM + 500), `bytes 0-${bytes.length - 1}/${bytes.length}`)
      const kept = await eventuallyKept(uri, bytes.length)
      assert.ok(kept % QUANTUM === 0 && kept <= 2 * QUANTUM, `${kept} bytes kept`)
      const rest = `bytes ${kept}-${bytes.length - 1}/${bytes.length}`
      assert.equal((await put(uri, bytes.subarray(kept), rest)).status, 200)
      assert.deepEqual(await content('broken'), bytes)
    })

    it('keep the precondition that they were started with, at the start and at the end', async () => {
      const condition = { 'x-goog-if-generation-match': '0' }
      const uri = await session('raced', condition)
      await file('raced').save('winner', { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } })
      await assertXmlError(await put(uri, Buffer.from('late')), 'PreconditionFailed', 412)
      await assertXmlError(await startSigned('raced', condition), 'PreconditionFailed', 412)
      assert.equal(String(await content('raced')), 'winner')
    })

    it('are over when cancelled', async () => {
      const uri = await session('cancelled')
      assert.equal((await fetch(uri, { method: 'DELETE' })).status, 499)
      const after = await put(uri, Buffer.from('x'))
      assert.ok(after.status >= 400 && after.status < 500, `status ${after.status}`)
      assert.equal((await file('cancelled').exists())[0], false)
    })

    it('started by Google’s client finish with the object resource', async () => {
      const [uri] = await file('by-client').createResumableUpload({
        metadata: { contentType: 'video/mp4' },
        preconditionOpts: { ifGenerationMatch: 0 },
      })
      const response = await put(uri, Buffer.from('x'))
      const resource = (await response.json()) as Record<string, unknown>
      assert.equal(resource.contentType, 'video/mp4')
      assert.equal(resource.size, '1')
    })
  })

  const eventuallyKept = async (uri: string, total: number): Promise<number> => {
    for (let attempt = 0; attempt < 300; attempt += 1) {
      const response = await put(uri, Buffer.alloc(0), `bytes */${total}`)
      if (response.status === 308) return Number(/-(\d+)$/.exec(response.headers.get('range') ?? '')?.[1] ?? -1) + 1
      await wait(100)
    }
    return assert.fail('the session did not answer 308')
  }
}

/** Sends less than the Content-Length promises, then breaks the connection. */
const putAndBreak = (uri: string, bytes: Buffer, range: string): Promise<void> =>
  new Promise((resolve) => {
    const [, first = '0', last = '0'] = /(\d+)-(\d+)/.exec(range) ?? []
    const send = uri.startsWith('https:') ? secureRequest : request
    const sending = send(uri, {
      method: 'PUT',
      headers: { 'content-range': range, 'content-length': Number(last) - Number(first) + 1 },
    })
    sending.once('close', resolve)
    sending.once('error', () => undefined)
    sending.write(bytes, () => setTimeout(() => sending.destroy(), 100))
  })
