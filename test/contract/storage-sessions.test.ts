import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { assertXmlError, numberedBytes } from './storage-assertions.ts'
import { type LocalPlace, openLocalPlace } from './storage-place.ts'

const QUANTUM = 256 * 1024
const DAY_MS = 24 * 3_600_000

describe('upload sessions of the local Cloud Storage', () => {
  let place: LocalPlace
  let clock = Date.now()
  before(async () => {
    place = await openLocalPlace({ now: () => new Date(clock) })
  })
  after(() => place.close())

  const start = async (name: string, headers: Record<string, string>, unsigned = {}): Promise<Response> => {
    const [url] = await place.storage
      .bucket('contract')
      .file(name)
      .getSignedUrl({ version: 'v4', action: 'resumable', expires: Date.now() + 60_000, extensionHeaders: headers })
    return fetch(url, { method: 'POST', headers: { 'x-goog-resumable': 'start', ...headers, ...unsigned } })
  }
  const session = async (name: string, headers: Record<string, string> = {}, unsigned = {}): Promise<string> =>
    (await start(name, headers, unsigned)).headers.get('location') ?? assert.fail('no Location')
  const put = (uri: string, body: Buffer, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(uri, { method: 'PUT', body, headers })
  const exists = async (name: string): Promise<boolean> =>
    (await place.storage.bucket('contract').file(name).exists())[0]

  it('hold the size limits that were signed for their start', async () => {
    const limits = { 'x-goog-content-length-range': '10,300000' }
    await assertXmlError(await put(await session('a', limits), numberedBytes(300_001)), 'EntityTooLarge', 400)
    await assertXmlError(await put(await session('a', limits), numberedBytes(9)), 'EntityTooSmall', 400)
    const announced = { 'content-range': 'bytes 0-262143/300001' }
    const inChunks = await session('a', limits)
    await assertXmlError(await put(inChunks, numberedBytes(QUANTUM), announced), 'EntityTooLarge', 400)
    assert.equal((await put(inChunks, Buffer.alloc(0), { 'content-range': 'bytes */*' })).status, 410)
    await assertXmlError(await start('a', limits, { 'x-upload-content-length': '300001' }), 'EntityTooLarge', 400)
    assert.equal(await exists('a'), false)
    assert.equal((await put(await session('a', limits), numberedBytes(300_000))).status, 200)
  })

  it('hold the length that was announced', async () => {
    const uri = await session('b', {}, { 'x-upload-content-length': '100' })
    assert.equal((await put(uri, numberedBytes(99))).status, 400)
    assert.equal((await put(uri, numberedBytes(101))).status, 400)
    assert.equal((await put(uri, numberedBytes(100))).status, 200)
  })

  it('hold the checksum that came with their last bytes', async () => {
    const uri = await session('c')
    await assertXmlError(await put(uri, Buffer.from('x'), { 'x-goog-hash': 'crc32c=AAAAAA==' }), 'BadDigest', 400)
    assert.equal(await exists('c'), false)
  })

  it('refuse a body that is not as long as its range', async () => {
    const uri = await session('d')
    const response = await put(uri, numberedBytes(QUANTUM), { 'content-range': `bytes 0-${2 * QUANTUM - 1}/*` })
    assert.match(await response.text(), /There should have been 524288 byte/)
    assert.equal(response.status, 400)
  })

  it('answer 200 in place of 308 to a client that asks for it', async () => {
    const uri = await session('e')
    const headers = { 'content-range': 'bytes */*', 'x-guploader-no-308': 'yes' }
    const response = await put(uri, Buffer.alloc(0), headers)
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('x-http-status-code-override'), '308')
  })

  it('take bytes from "A-*" to the end of the body, with and without a total', async () => {
    const bytes = numberedBytes(QUANTUM + 10)
    const uri = await session('f')
    const first = await put(uri, bytes.subarray(0, QUANTUM + 1), { 'content-range': `bytes 0-*/${bytes.length}` })
    assert.equal(first.headers.get('range'), `bytes=0-${QUANTUM - 1}`)
    assert.equal(first.status, 308)
    const last = await put(uri, bytes.subarray(QUANTUM), { 'content-range': `bytes ${QUANTUM}-*/*` })
    assert.equal(last.status, 200)
    assert.match(
      last.headers.get('x-goog-hash') ?? '',
      new RegExp(createHash('md5').update(bytes).digest('base64').replaceAll('+', '\\+')),
    )
  })

  it('refuse an end before the bytes that are kept', async () => {
    const uri = await session('shorter')
    await put(uri, numberedBytes(QUANTUM), { 'content-range': `bytes 0-${QUANTUM - 1}/*` })
    assert.equal((await put(uri, Buffer.from('other'))).status, 400)
    assert.equal((await put(uri, Buffer.from('other'), { 'content-range': 'bytes 0-4/5' })).status, 400)
    assert.equal(await exists('shorter'), false)
    assert.equal((await put(uri, numberedBytes(QUANTUM))).status, 200)
  })

  it('give way to a later request when two write at once', async () => {
    const bytes = numberedBytes(QUANTUM)
    const uri = await session('g')
    let release = (): void => undefined
    const held = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.subarray(0, 1000))
        release = () => controller.close()
      },
    })
    const first = fetch(uri, { method: 'PUT', body: held, duplex: 'half' })
    const firstFails = assert.rejects(first)
    while (place.server.faults.requests() === 0) await new Promise(setImmediate)
    assert.equal((await put(uri, bytes)).status, 200)
    await firstFails
    release()
    assert.deepEqual((await place.storage.bucket('contract').file('g').download())[0], bytes)
  })

  it('are unknown with 404, and gone with 410 after a week', async () => {
    const uri = await session('h')
    await assertXmlError(await put(`${uri}x`, Buffer.from('x')), 'NoSuchUpload', 404)
    clock += 6 * DAY_MS
    assert.equal((await put(uri, Buffer.alloc(0), { 'content-range': 'bytes */*' })).status, 308)
    clock += 2 * DAY_MS
    await assertXmlError(await put(uri, Buffer.from('x')), 'NoSuchUpload', 410)
    await place.restart()
    await assertXmlError(await put(uri, Buffer.from('x')), 'NoSuchUpload', 404)
  })
})
