import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { type LocalPlace, openLocalPlace } from './storage-place.ts'

describe('the local Cloud Storage', () => {
  let place: LocalPlace
  before(async () => {
    place = await openLocalPlace()
  })
  after(() => place.close())

  const sign = async (name: string, action: 'read' | 'write', more = {}): Promise<string> => {
    const file = place.storage.bucket('contract').file(name)
    return (await file.getSignedUrl({ version: 'v4', action, expires: Date.now() + 60_000, ...more }))[0]
  }

  it('answers the next request on a connection after it refused a body half-read', async () => {
    const signal = AbortSignal.timeout(60_000)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const status = (url: string, method: string, headers = {}, body = Buffer.alloc(0)): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const sending = request(url, { agent, method, headers, signal }, (response) => {
          response.resume().on('end', () => resolve(response.statusCode))
        })
        sending.on('error', reject)
        // No Content-Length: chunked, so that only reading tells how long it is.
        for (let at = 0; at < body.length; at += 65_536) sending.write(body.subarray(at, at + 65_536))
        sending.end()
      })
    const range = { 'x-goog-content-length-range': '0,1000' }
    const url = await sign('long', 'write', { extensionHeaders: range })
    assert.equal(await status(url, 'PUT', range, Buffer.alloc(8_000_000)), 400)
    assert.equal(await status(await sign('long', 'read'), 'GET'), 404)
    agent.destroy()
  })

  it('sends every header of an object as UTF-8', async () => {
    const file = place.storage.bucket('contract').file('described')
    const contentType = 'video/x; title="ü 🎬"'
    await file.save('x', { resumable: false, contentType, preconditionOpts: { ifGenerationMatch: 0 } })
    const url = await sign('described', 'read', { responseDisposition: 'attachment; filename="ü 🎬.mp4"' })
    const response = await fetch(url)
    assert.equal(response.status, 200)
    const header = (name: string) => Buffer.from(response.headers.get(name) ?? '', 'latin1').toString()
    assert.equal(header('content-type'), contentType)
    assert.equal(header('content-disposition'), 'attachment; filename="ü 🎬.mp4"')
  })
})
