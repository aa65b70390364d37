import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ensurePage } from '../../../infra/page/ensure-page.ts'
import { assertProblem, callerOf } from '../../support/call.ts'
import { startTestWeb } from '../../support/web.ts'

await ensurePage()
const web = await startTestWeb({ variables: { STORAGE_ENDPOINT: 'https://storage.example.com/somewhere' } })

describe('the page', () => {
  const get = (path: string, headers: Record<string, string> = {}) => callerOf(web.url)('GET', path, { headers })
  const scriptIn = (html: string): string => /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? ''

  test('it is asked for again each time, and not sent again while it is the same', async () => {
    const first = await get('/')
    assert.equal(first.status, 200)
    assert.equal(first.headers.get('content-type'), 'text/html; charset=utf-8')
    assert.equal(first.headers.get('cache-control'), 'no-cache')
    const again = await get('/', { 'if-none-match': first.headers.get('etag') ?? '' })
    assert.equal(again.status, 304)
    assert.equal(again.text, '')
  })

  test('what has a hash in its name is kept for ever, and comes compressed', async () => {
    const path = scriptIn((await get('/')).text)
    const answer = await fetch(`${web.url}${path}`, { headers: { 'accept-encoding': 'br, gzip' } })
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable')
    assert.equal(answer.headers.get('content-encoding'), 'br')
    assert.equal(answer.headers.get('vary'), 'accept-encoding')
    assert.equal(answer.headers.get('content-type'), 'text/javascript; charset=utf-8')
    const plain = await fetch(`${web.url}${path}`, { headers: { 'accept-encoding': 'identity' } })
    assert.equal(plain.headers.get('content-encoding'), null)
    assert.notEqual(plain.headers.get('etag'), answer.headers.get('etag'))
    assert.equal(await plain.text(), await answer.text())
  })

  test('it runs nothing but its own code, and exchanges videos with the storage alone', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? ''
    const directives = new Map(
      policy.split('; ').map((directive) => {
        const [name = '', ...sources] = directive.split(' ')
        return [name, sources]
      }),
    )
    assert.deepEqual(directives.get('default-src'), ["'none'"])
    assert.deepEqual(directives.get('script-src'), ["'self'"])
    assert.deepEqual(directives.get('style-src'), ["'self'"])
    assert.deepEqual(directives.get('connect-src'), ["'self'", 'https://storage.example.com'])
    assert.deepEqual(directives.get('require-trusted-types-for'), ["'script'"])
    assert.ok(!policy.includes('unsafe'))
  })

  test('nothing else of the folder is served, and nothing outside of it', async () => {
    for (const path of ['/files.json', '/assets/', '/assets/none.js', '/assets/..%2f..%2fmain.tsx', '/__proto__']) {
      assertProblem(await get(path), 'not_found')
    }
    assertProblem(await callerOf(web.url)('POST', '/'), 'method_not_allowed')
  })
})
