import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { defaultPresetName, presetNames } from '@reelway/shared/presets/catalogue.ts'
import { presetsSchema } from '@reelway/web/presets/preset-schema.ts'
import { assertInvalid, assertProblem, callerOf } from '../../support/call.ts'
import { startTestWeb } from '../../support/web.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const { token } = await web.newAccount()

const LIMIT_BYTES = 64 * 1024

/** Sends the text over a bare connection, keeps it open, and resolves with all that comes back until the server closes it. */
const rawAnswer = async (text: string): Promise<string> => {
  const socket = connect(Number(new URL(web.url).port), '127.0.0.1')
  const received: Buffer[] = []
  socket.on('data', (chunk: Buffer) => received.push(chunk))
  socket.on('error', () => undefined)
  socket.write(text)
  // Long before a request that is not all there after half a minute is answered 408.
  await once(socket, 'close', { signal: AbortSignal.timeout(20_000) })
  return Buffer.concat(received).toString()
}

const login = 'POST /api/auth/login HTTP/1.1\r\nhost: web\r\ncontent-type: application/json\r\n'

describe('a body over 64 KB', () => {
  test('is refused by its announced length, before any of it is read', async () => {
    const answer = await rawAnswer(`${login}content-length: 20000000000\r\n\r\n`)
    assert.match(answer, /"code":"body_too_large"/)
    assert.match(answer, /^HTTP\/1\.1 413 /)
  })

  test('is refused as soon as it is too long when no length was announced, and the rest is not read', async () => {
    const chunk = `${(LIMIT_BYTES + 1).toString(16)}\r\n${' '.repeat(LIMIT_BYTES + 1)}\r\n`
    const answer = await rawAnswer(`${login}transfer-encoding: chunked\r\n\r\n${chunk}`)
    assert.match(answer, /"code":"body_too_large"/)
    assert.match(answer, /^HTTP\/1\.1 413 /)
  })

  test('is refused whatever its type', async () => {
    const answer = await rawAnswer(
      'PUT /api/tasks HTTP/1.1\r\nhost: web\r\ncontent-type: video/mp4\r\ncontent-length: 20000000000\r\n\r\n',
    )
    assert.match(answer, /"code":"body_too_large"/)
    assert.match(answer, /^HTTP\/1\.1 413 /)
  })

  test('is refused to the byte, and the limit is named', async () => {
    const body = (bytes: number) => `{${' '.repeat(bytes - 2)}}`
    const over = await call('POST', '/api/auth/login', {
      body: body(LIMIT_BYTES + 1),
      headers: { 'content-type': 'application/json' },
    })
    assert.match(assertProblem(over, 'body_too_large').detail, /65536 bytes/)
    const exact = await call('POST', '/api/auth/login', {
      body: body(LIMIT_BYTES),
      headers: { 'content-type': 'application/json' },
    })
    assertInvalid(exact, ['/email', '/password'])
  })

  test('cannot be hidden in a compressed one', async () => {
    const body = gzipSync(`{${' '.repeat(LIMIT_BYTES)}}`)
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    assertProblem(await call('POST', '/api/auth/login', { body, headers }), 'unsupported_media_type')
  })
})

describe('a body', () => {
  for (const [title, body] of [
    ['that is cut short', '{"email": "a'],
    ['that is no object', '"email"'],
    ['that is null', 'null'],
    ['that is a list', '[]'],
    ['that is no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ] as const) {
    test(`${title} is malformed JSON`, async () => {
      const headers = { 'content-type': 'application/json' }
      assertProblem(await call('POST', '/api/auth/login', { body, headers }), 'malformed_json')
    })
  }

  test('that is missing is asked for', async () => {
    assertProblem(await call('POST', '/api/auth/login', {}), 'unsupported_media_type')
  })

  test('that is an empty object names every field that is needed', async () => {
    assertInvalid(await call('POST', '/api/auth/login', { json: {} }), ['/email', '/password'])
  })

  for (const contentType of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16']) {
    test(`of the type ${contentType} is not accepted`, async () => {
      const headers = { 'content-type': contentType }
      assertProblem(await call('POST', '/api/auth/login', { body: '{}', headers }), 'unsupported_media_type')
    })
  }

  test('that is compressed badly is refused, not a failure of ours', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    assertProblem(await call('POST', '/api/auth/login', { body: 'no gzip', headers }), 'unsupported_media_type')
  })

  test('with unknown fields is refused by their names, also by names that mean something to JavaScript', async () => {
    const body = '{"email":"a","password":"b","__proto__":{"c":1},"a/b~c":1}'
    const headers = { 'content-type': 'application/json' }
    assertInvalid(await call('POST', '/api/auth/login', { body, headers }), ['/__proto__', '/a~1b~0c'])
  })
})

describe('an address', () => {
  const routes: [path: string, allowed: string, wrong: string][] = [
    ['/api/auth/signup', 'POST', 'GET'],
    ['/api/auth/login', 'POST', 'PUT'],
    ['/api/auth/refresh', 'POST', 'DELETE'],
    ['/api/auth/logout', 'POST', 'GET'],
    ['/api/me', 'GET', 'POST'],
    ['/api/presets', 'GET', 'POST'],
    ['/api/tasks', 'GET, POST', 'DELETE'],
    ['/api/tasks/x', 'GET, PATCH, DELETE', 'PUT'],
    ['/api/tasks/x/upload-url', 'POST', 'GET'],
    ['/api/tasks/x/uploaded', 'POST', 'GET'],
    ['/api/tasks/x/cancel', 'POST', 'DELETE'],
    ['/api/tasks/x/retry', 'POST', 'PUT'],
    ['/health', 'GET', 'POST'],
    ['/ready', 'GET', 'POST'],
    ['/version', 'GET', 'DELETE'],
  ]
  for (const [path, allowed, wrong] of routes) {
    test(`${path} answers ${wrong} with the methods that it takes`, async () => {
      const answer = await call(wrong, path, { token })
      assert.match(assertProblem(answer, 'method_not_allowed').detail, new RegExp(`: ${allowed}\\.`))
      assert.equal(answer.headers.get('allow'), allowed)
    })
  }

  for (const path of ['/nothing', '/api', '/api/task', '/api/tasks/x/unknown', '/favicon.ico']) {
    test(`${path} does not exist`, async () => {
      assertProblem(await call('GET', path), 'not_found')
    })
  }

  test('with a broken percent encoding does not exist, and is no failure of ours', async () => {
    assertProblem(await call('GET', '/api/tasks/%E0%A4%A', { token }), 'not_found')
  })

  test('of a task that is no UUID is a task that does not exist, for every method', async () => {
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/upload-url'],
      ['POST', '/uploaded'],
      ['POST', '/cancel'],
      ['POST', '/retry'],
    ] as const) {
      for (const id of ['x', '1', "'%20or%201=1", '%00', '0'.repeat(500)]) {
        assertProblem(await call(method, `/api/tasks/${id}${path}`, { token }), 'task_not_found')
      }
    }
  })
})

test('every answer forbids to be cached, framed and sniffed, and has an id', async () => {
  for (const path of ['/health', '/api/me', '/nowhere']) {
    const { headers } = await call('GET', path)
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'; frame-ancestors 'none'/)
    assert.match(headers.get('strict-transport-security') ?? '', /max-age=\d{8}/)
    assert.equal(headers.get('x-powered-by'), null)
    assert.match(headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/)
  }
})

test('health, readiness, version and presets are answered to anybody', async () => {
  assert.deepEqual(JSON.parse((await call('GET', '/health')).text), { status: 'ok' })
  assert.deepEqual(JSON.parse((await call('GET', '/ready')).text), { status: 'ready' })
  assert.deepEqual(JSON.parse((await call('GET', '/version')).text), { service: 'web', commit: 'unknown' })
  const answer = await call('GET', '/api/presets')
  assert.equal(answer.headers.get('cache-control'), 'public, max-age=300')
  const { data, options } = presetsSchema.parse(JSON.parse(answer.text))
  assert.deepEqual(
    data.map(({ name }) => name),
    [...presetNames],
  )
  assert.deepEqual(
    data.filter((preset) => preset.default).map(({ name }) => name),
    [defaultPresetName],
  )
  assert.deepEqual(Object.keys(options).toSorted(), [...new Set(data.flatMap((preset) => preset.options))].toSorted())
})
