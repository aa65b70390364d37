import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { GetSignedUrlConfig } from '@google-cloud/storage'
import { Refusal } from '../../infra/local/storage/refusal.ts'
import { parseRequestTarget } from '../../infra/local/storage/request-target.ts'
import { type SignedRequest, verifySignature } from '../../infra/local/storage/signature.ts'
import { type LocalPlace, openLocalPlace } from './storage-place.ts'

type Form = { title: string; name: string; config: Partial<GetSignedUrlConfig>; headers?: Record<string, string> }

// Every form of V4 URL that Google's client signs for us, and names that need encoding.
const forms: Form[] = [
  { title: 'a read', name: 'plain.mp4', config: { action: 'read' } },
  { title: 'a read of an awkward name', name: `a b+c%20/ü "x" 'y' (z)!*.mp4`, config: { action: 'read' } },
  {
    title: 'a read with a disposition, a type and extra parameters',
    name: 'r.mp4',
    config: {
      action: 'read',
      responseDisposition: `attachment; filename="ü & (1)'s+.mp4"`,
      responseType: 'video/mp4',
      queryParams: { generation: '5', 'x y': 'a+b&c=d/ü' },
    },
  },
  {
    title: 'a read from an earlier moment',
    name: 'e',
    config: { action: 'read', accessibleAt: Date.now() - 3_600_000 },
  },
  { title: 'a write', name: 'w', config: { action: 'write' } },
  {
    title: 'a write with signed headers',
    name: 'w.mp4',
    config: {
      action: 'write',
      contentType: 'video/mp4',
      contentMd5: 'ICy5YqxZB1uWSwcVLSNLcA==',
      extensionHeaders: { 'x-goog-content-length-range': '1,1000', 'x-goog-meta-note': 'a  b' },
    },
    headers: {
      'content-type': 'video/mp4',
      'content-md5': 'ICy5YqxZB1uWSwcVLSNLcA==',
      'x-goog-content-length-range': '1,1000',
      'x-goog-meta-note': 'a b',
    },
  },
  {
    title: 'a write with a signed payload',
    name: 'p',
    config: { action: 'write', extensionHeaders: { 'x-goog-content-sha256': 'ab'.repeat(32) } },
    headers: { 'x-goog-content-sha256': 'ab'.repeat(32) },
  },
  {
    title: 'a start of a resumable upload',
    name: 's',
    config: { action: 'resumable', extensionHeaders: { 'x-goog-if-generation-match': '0' } },
    headers: { 'x-goog-resumable': 'start', 'x-goog-if-generation-match': '0' },
  },
  { title: 'a delete', name: 'd', config: { action: 'delete' } },
]
const METHODS = { read: 'GET', write: 'PUT', resumable: 'POST', delete: 'DELETE' }

describe('a V4 signature', () => {
  let place: LocalPlace
  before(async () => {
    place = await openLocalPlace()
  })
  after(() => place.close())

  const signed = async ({ name, config, headers }: Form): Promise<SignedRequest> => {
    const action = config.action ?? 'read'
    const whole = { version: 'v4', expires: Date.now() + 60_000, ...config, action } as const
    const [url] = await place.storage.bucket('contract').file(name).getSignedUrl(whole)
    const { path, query } = parseRequestTarget(url.slice(place.server.url.length))
    // What an HTTP client sends: the host with its port, and headers that nobody signs.
    const sent = { host: new URL(url).host, accept: '*/*', range: 'bytes=0-1', ...headers }
    return { method: METHODS[action as keyof typeof METHODS], path, query, headers: sent }
  }
  const verdict = (request: SignedRequest, at = new Date()): string => {
    try {
      return verifySignature(request, place.signers, at)?.code ?? 'accepted'
    } catch (error) {
      if (error instanceof Refusal) return error.code
      throw error
    }
  }

  for (const form of forms)
    describe(`on ${form.title}`, () => {
      it('is accepted as signed', async () => {
        assert.equal(verdict(await signed(form)), 'accepted')
      })

      it('is refused after any change of one character of the path or the query', async () => {
        const request = await signed(form)
        for (const part of ['path', 'query'] as const)
          for (let at = part === 'path' ? 1 : 0; at < request[part].length; at += 1) {
            const text = request[part]
            // Neither a hexadecimal digit nor a letter: %2b is %2B, and X-Goog-Signature is found in any case.
            const other = text[at] === '_' ? '~' : '_'
            const changed = { ...request, [part]: `${text.slice(0, at)}${other}${text.slice(at + 1)}` }
            assert.notEqual(verdict(changed), 'accepted', `${part} changed at ${at}: ${changed[part]}`)
          }
      })

      it('is refused with a parameter missing, repeated or added', async () => {
        const request = await signed(form)
        const pairs = request.query.split('&')
        for (const pair of pairs) {
          const without = pairs.filter((other) => other !== pair).join('&')
          assert.notEqual(verdict({ ...request, query: without }), 'accepted', `without ${pair}`)
          assert.notEqual(verdict({ ...request, query: `${request.query}&${pair}` }), 'accepted', `twice ${pair}`)
        }
        for (const extra of ['a=b', 'generation=1', 'X-Goog-Expires=604800', 'x-goog-signature=00', 'userProject='])
          assert.notEqual(verdict({ ...request, query: `${request.query}&${extra}` }), 'accepted', `with ${extra}`)
      })

      it('is refused for every other method', async () => {
        const request = await signed(form)
        for (const method of ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH'])
          if (method !== request.method) assert.equal(verdict({ ...request, method }), 'SignatureDoesNotMatch', method)
      })

      it('is refused when a signed header is missing or changed, or one that must be signed is added', async () => {
        const request = await signed(form)
        const names = Object.keys(form.headers ?? {})
        for (const name of [...names, 'host']) {
          const { [name]: value = '', ...rest } = request.headers
          assert.equal(verdict({ ...request, headers: rest }), 'MalformedSecurityHeader', `without ${name}`)
          const changed = { ...rest, [name]: `${value.slice(0, -1)}~` }
          if (name !== 'host') assert.equal(verdict({ ...request, headers: changed }), 'SignatureDoesNotMatch', name)
        }
        const elsewhere = { ...request.headers, host: 'storage.googleapis.com' }
        assert.equal(verdict({ ...request, headers: elsewhere }), 'SignatureDoesNotMatch')
        for (const name of ['x-goog-meta-extra', 'x-goog-acl', 'x-goog-copy-source']) {
          const headers = { ...request.headers, [name]: 'x' }
          assert.equal(verdict({ ...request, headers }), 'MalformedSecurityHeader', `with ${name}`)
        }
      })
    })

  it('is good until its last second and no longer', async () => {
    const request = await signed({ title: '', name: 'x', config: {} })
    const starts = /X-Goog-Date=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(request.query) ?? []
    const [, year, month, day, hour, minute, second] = starts
    const start = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
    const seconds = Number(/X-Goog-Expires=(\d+)/.exec(request.query)?.[1])
    assert.equal(verdict(request, new Date(start + seconds * 1000)), 'accepted')
    assert.equal(verdict(request, new Date(start + seconds * 1000 + 1)), 'ExpiredToken')
  })

  it('for later is refused now and accepted then', async () => {
    const later = Date.now() + 24 * 3_600_000
    const request = await signed({ title: '', name: 'x', config: { accessibleAt: later, expires: later + 60_000 } })
    assert.equal(verdict(request), 'AccessDenied')
    assert.equal(verdict(request, new Date(later + 1000)), 'accepted')
  })

  it('by an account that is not known is refused', async () => {
    const request = await signed({ title: '', name: 'x', config: {} })
    assert.equal(verifySignature(request, new Map(), new Date())?.code, 'SignatureDoesNotMatch')
  })

  it('is refused on the wire with the status and the document of the XML API', async () => {
    const [url] = await place.storage
      .bucket('contract')
      .file('x')
      .getSignedUrl({ version: 'v4', action: 'read', expires: Date.now() + 60_000 })
    const response = await fetch(url.replace('X-Goog-Expires=', 'X-Goog-Expires=9999'))
    assert.match(await response.text(), /<Code>MalformedSecurityHeader<\/Code>.*<ParameterName>x-goog-expires</)
    assert.equal(response.status, 400)
  })
})
