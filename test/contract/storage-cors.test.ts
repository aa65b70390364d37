import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type LocalPlace, openLocalPlace } from './storage-place.ts'

const ORIGIN = 'https://app.example'

describe('CORS of the local Cloud Storage', () => {
  let place: LocalPlace
  before(async () => {
    place = await openLocalPlace()
    await place.storage.bucket('contract').setCorsConfiguration([
      { origin: [ORIGIN], method: ['PUT', 'POST'], responseHeader: ['Content-Type', 'x-goog-*'], maxAgeSeconds: 60 },
      { origin: ['*'], method: ['GET'], responseHeader: ['Content-Range'] },
    ])
  })
  after(() => place.close())

  const sign = async (action: 'read' | 'write' | 'resumable'): Promise<string> => {
    const file = place.storage.bucket('contract').file('x')
    return (await file.getSignedUrl({ version: 'v4', action, expires: Date.now() + 60_000 }))[0]
  }
  const preflight = (url: string, origin: string, method: string, headers?: string): Promise<Response> =>
    fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        ...(headers !== undefined && { 'access-control-request-headers': headers }),
      },
    })
  const allowed = (response: Response): string | null => response.headers.get('access-control-allow-origin')

  it('lets a preflight pass that a rule allows in origin, method and headers', async () => {
    const response = await preflight(await sign('write'), ORIGIN, 'PUT', 'content-type,x-goog-if-generation-match')
    assert.equal(response.status, 200)
    assert.equal(allowed(response), ORIGIN)
    assert.equal(response.headers.get('access-control-allow-methods'), 'PUT,POST')
    assert.equal(response.headers.get('access-control-allow-headers'), 'Content-Type,x-goog-*')
    assert.equal(response.headers.get('access-control-max-age'), '60')
  })

  it('gives a preflight nothing when origin, method or a header is not allowed', async () => {
    const url = await sign('write')
    assert.equal(allowed(await preflight(url, 'https://other.example', 'PUT')), null)
    assert.equal(allowed(await preflight(url, ORIGIN, 'DELETE')), null)
    assert.equal(allowed(await preflight(url, ORIGIN, 'PUT', 'x-custom')), null)
    assert.equal(allowed(await preflight(`${place.server.url}/no-such-bucket/x`, ORIGIN, 'PUT')), null)
  })

  it('marks actual answers, refusals too, for the origins of a rule only', async () => {
    const put = async (origin: string): Promise<Response> =>
      fetch(await sign('write'), { method: 'PUT', body: 'x', headers: { origin } })
    const response = await put(ORIGIN)
    assert.equal(response.status, 200)
    assert.equal(allowed(response), ORIGIN)
    assert.equal(response.headers.get('access-control-expose-headers'), 'Content-Type, x-goog-*')
    assert.equal(allowed(await put('https://other.example')), null)
    const otherMethod = await sign('read')
    const refused = await fetch(otherMethod, { method: 'PUT', body: 'x', headers: { origin: ORIGIN } })
    assert.equal(refused.status, 403)
    assert.equal(allowed(refused), ORIGIN)
  })

  it('answers "*" to anyone where a rule is for all origins', async () => {
    assert.equal(allowed(await fetch(await sign('read'), { headers: { origin: 'https://any.example' } })), '*')
  })

  it('follows the bucket for a session that was started by a signed URL', async () => {
    const started = await fetch(await sign('resumable'), { method: 'POST', headers: { 'x-goog-resumable': 'start' } })
    const uri = started.headers.get('location') ?? assert.fail()
    assert.equal(allowed(await preflight(uri, ORIGIN, 'PUT', 'content-type')), ORIGIN)
    assert.equal(allowed(await preflight(uri, 'https://other.example', 'PUT')), null)
    assert.equal(allowed(await fetch(uri, { method: 'PUT', body: 'x', headers: { origin: ORIGIN } })), ORIGIN)
  })

  it('lets a page read that its session is gone or was never there', async () => {
    const { headers } = await fetch(await sign('resumable'), {
      method: 'POST',
      headers: { 'x-goog-resumable': 'start' },
    })
    const cancelled = headers.get('location') ?? assert.fail()
    assert.equal((await fetch(cancelled, { method: 'DELETE' })).status, 499)
    const unknown = cancelled.replace(/upload_id=.*/, 'upload_id=unknown')
    for (const [uri, status] of [
      [cancelled, 410],
      [unknown, 404],
    ] as const) {
      assert.equal(allowed(await preflight(uri, ORIGIN, 'PUT', 'content-type')), ORIGIN)
      assert.equal(allowed(await preflight(uri, 'https://other.example', 'PUT')), null)
      const asked = await fetch(uri, { method: 'PUT', headers: { origin: ORIGIN, 'content-range': 'bytes */1' } })
      assert.equal(asked.status, status)
      assert.equal(allowed(asked), ORIGIN)
    }
  })

  it('follows the origin that was given when a session was started by the client', async () => {
    const file = place.storage.bucket('contract').file('y')
    const options = { preconditionOpts: { ifGenerationMatch: 0 } }
    const [uri] = await file.createResumableUpload({ origin: 'https://given.example', ...options })
    const answer = await preflight(uri, 'https://given.example', 'PUT', 'content-range')
    assert.equal(allowed(answer), 'https://given.example')
    assert.equal(answer.headers.get('access-control-allow-headers'), 'content-range')
    assert.equal(allowed(await preflight(uri, ORIGIN, 'PUT')), 'https://given.example')
    const [closed] = await file.createResumableUpload({ preconditionOpts: { ifGenerationMatch: 0 } })
    assert.equal(allowed(await preflight(closed, ORIGIN, 'PUT')), null)
  })
})
