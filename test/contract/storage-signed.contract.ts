import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { File, GetSignedUrlConfig } from '@google-cloud/storage'
import { assertXmlError, numberedBytes } from './storage-assertions.ts'
import type { StoragePlace } from './storage-place.ts'

/** V4-signed URLs made by Google's client and used with plain HTTP. */
export const signedContract = (place: () => StoragePlace): void => {
  const file = (name: string): File => place().storage.bucket(place().bucket).file(`${place().prefix}signed/${name}`)
  const sign = async (name: string, config: Partial<GetSignedUrlConfig>): Promise<string> => {
    const whole = { version: 'v4', action: 'read', expires: Date.now() + 60_000, ...config } as const
    return (await file(name).getSignedUrl(whole))[0]
  }
  const save = (name: string, bytes: Buffer | string): Promise<void> =>
    file(name).save(bytes, { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } })

  describe('signed URLs', () => {
    for (const name of ['plain.mp4', 'a b+c%20.mp4', 'über/ö "quoted" \'x\' (1)!*.mp4', 'q?=&#;,@:$.mp4', 'a//b'])
      it(`write and read an object named ${name}`, async () => {
        const bytes = numberedBytes(100_000)
        const written = await fetch(await sign(name, { action: 'write' }), { method: 'PUT', body: bytes })
        assert.equal(written.status, 200, await written.text())
        const read = await fetch(await sign(name, { action: 'read' }))
        assert.equal(read.status, 200)
        assert.deepEqual(Buffer.from(await read.arrayBuffer()), bytes)
        assert.equal(read.headers.get('x-goog-generation'), written.headers.get('x-goog-generation'))
        assert.deepEqual((await file(name).download())[0], bytes)
      })

    it('carry a file name in UTF-8 and a type into the download', async () => {
      await save('named', 'x')
      const url = await sign('named', {
        responseDisposition: `attachment; filename="f.mp4"; filename*=UTF-8''%C3%BCber%20uns.mp4`,
        responseType: 'video/mp4',
      })
      const response = await fetch(url)
      assert.equal(response.headers.get('content-type'), 'video/mp4')
      assert.match(response.headers.get('content-disposition') ?? '', /filename\*=UTF-8''%C3%BCber%20uns\.mp4/)
    })

    it('serve the bytes of a Range with 206, and none of an impossible one with 416', async () => {
      const bytes = numberedBytes(1000)
      await save('ranges', bytes)
      const url = await sign('ranges', {})
      const read = async (range: string): Promise<Response> => fetch(url, { headers: { range } })
      const middle = await read('bytes=3-7')
      assert.equal(middle.status, 206)
      assert.equal(middle.headers.get('content-range'), 'bytes 3-7/1000')
      assert.deepEqual(Buffer.from(await middle.arrayBuffer()), bytes.subarray(3, 8))
      assert.deepEqual(Buffer.from(await (await read('bytes=990-')).arrayBuffer()), bytes.subarray(990))
      assert.deepEqual(Buffer.from(await (await read('bytes=-5')).arrayBuffer()), bytes.subarray(995))
      await assertXmlError(await read('bytes=1000-'), 'InvalidRange', 416)
    })

    it('read no object that is not there', async () => {
      await assertXmlError(await fetch(await sign('never', {})), 'NoSuchKey', 404)
    })

    it('are refused for another method, another object, a changed signature, and without a signature', async () => {
      await save('guarded', 'x')
      const url = await sign('guarded', {})
      await assertXmlError(await fetch(url, { method: 'PUT', body: 'y' }), 'SignatureDoesNotMatch', 403)
      await assertXmlError(await fetch(url.replace('guarded', 'guardee')), 'SignatureDoesNotMatch', 403)
      const changed = url.endsWith('0') ? `${url.slice(0, -1)}1` : `${url.slice(0, -1)}0`
      await assertXmlError(await fetch(changed), 'SignatureDoesNotMatch', 403)
      await assertXmlError(await fetch(url.split('?')[0] ?? ''), 'AccessDenied', 403)
    })

    it('are refused when they have expired, and when their expiry is shortened', async () => {
      await save('expiring', 'x')
      const accessibleAt = Date.now() - 3_600_000
      const expires = Math.floor(Date.now() / 1000) * 1000 + 2000
      const url = await sign('expiring', { accessibleAt, expires })
      assert.equal((await fetch(await sign('expiring', { accessibleAt, expires: expires + 60_000 }))).status, 200)
      await wait(expires + 1100 - Date.now())
      await assertXmlError(await fetch(url), 'ExpiredToken', 400)
      const shortened = (await sign('expiring', { accessibleAt })).replace(/X-Goog-Expires=\d+/, 'X-Goog-Expires=1')
      await assertXmlError(await fetch(shortened), 'ExpiredToken', 400)
    })

    it('with a signed header need that header with that value', async () => {
      const url = await sign('typed', { action: 'write', contentType: 'video/mp4' })
      const put = (headers: Record<string, string>): Promise<Response> =>
        fetch(url, { method: 'PUT', body: Buffer.from('x'), headers })
      await assertXmlError(await put({}), 'MalformedSecurityHeader', 400)
      await assertXmlError(await put({ 'content-type': 'video/mp5' }), 'SignatureDoesNotMatch', 403)
      assert.equal((await put({ 'content-type': 'video/mp4' })).status, 200)
    })

    it('limit the size of an upload on both sides', async () => {
      const limit = { 'x-goog-content-length-range': '3,5' }
      const url = await sign('limited', { action: 'write', extensionHeaders: limit })
      const put = (body: string): Promise<Response> => fetch(url, { method: 'PUT', body, headers: limit })
      await assertXmlError(await put('123456'), 'EntityTooLarge', 400)
      await assertXmlError(await put('12'), 'EntityTooSmall', 400)
      // Of a length that is not announced, it shows only when the bytes are there.
      const body = new Blob(['1234567']).stream()
      const chunked = await fetch(url, { method: 'PUT', body, headers: limit, duplex: 'half' })
      await assertXmlError(chunked, 'EntityTooLarge', 400)
      assert.equal((await file('limited').exists())[0], false)
      assert.equal((await put('12345')).status, 200)
    })

    it('write only an object that is not there yet, under generation 0', async () => {
      const condition = { 'x-goog-if-generation-match': '0' }
      const url = await sign('once', { action: 'write', extensionHeaders: condition })
      const put = (): Promise<Response> => fetch(url, { method: 'PUT', body: 'x', headers: condition })
      assert.equal((await put()).status, 200)
      await assertXmlError(await put(), 'PreconditionFailed', 412)
    })

    it('write only content with the signed MD5', async () => {
      const md5 = 'ICy5YqxZB1uWSwcVLSNLcA==' // of "123"
      const url = await sign('summed', { action: 'write', contentMd5: md5 })
      const put = (body: string): Promise<Response> =>
        fetch(url, { method: 'PUT', body, headers: { 'content-md5': md5 } })
      await assertXmlError(await put('124'), 'BadDigest', 400)
      assert.equal((await put('123')).status, 200)
    })

    it('delete an object', async () => {
      await save('removed', 'x')
      assert.equal((await fetch(await sign('removed', { action: 'delete' }), { method: 'DELETE' })).status, 204)
      assert.equal((await file('removed').exists())[0], false)
    })
  })
}
