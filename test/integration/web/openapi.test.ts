import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeDocument } from '@reelway/web/openapi/make-document.ts'
import { startTestWeb } from '../../support/web.ts'

const web = await startTestWeb()
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${web.url}${path}`, { headers })

describe('GET /openapi.json', () => {
  test('is the document of the code that runs, and is not sent twice to who has it', async () => {
    const answer = await get('/openapi.json')
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json\b/)
    assert.match(answer.headers.get('cache-control') ?? '', /max-age=\d+/)
    assert.deepEqual(await answer.json(), JSON.parse(JSON.stringify(makeDocument())))
    const again = await get('/openapi.json', { 'if-none-match': answer.headers.get('etag') ?? '' })
    assert.deepEqual([again.status, await again.text()], [304, ''])
  })
})

describe('GET /docs', () => {
  test('lets run, be shown and be called what comes from here alone, and browsers keep its parts', async () => {
    const answer = await get('/docs')
    const policy = answer.headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.doesNotMatch(policy, /unsafe|https?:|\*/)
    const parts = [...(await answer.text()).matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
    assert.ok(parts.length >= 2, String(parts))
    for (const path of parts) {
      const part = await get(path)
      assert.equal(part.status, 200, path)
      assert.match(part.headers.get('cache-control') ?? '', /immutable/)
      assert.notEqual(part.headers.get('content-encoding'), null)
    }
  })
})
