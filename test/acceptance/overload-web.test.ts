import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { before, describe, test } from 'node:test'
import { type BareConnection, openBare } from '../support/bare-connection.ts'
import { Client } from '../support/client.ts'
import { useStack } from './place.ts'
import { eventually, memoryOf } from './watch-stack.ts'

const MEGABYTE = 1_000_000
/** Sign-ups at a time, from as many places: more than wait for their turn to be hashed. */
const STORM = 60
const LOGINS = 5
/** Below the bound of three thousand, and far more than an instance has requests at a time. */
const SLOW_CLIENTS = 300

describe('web under a load that is meant to bring it down', () => {
  const place = useStack({ reapSeconds: 3_600 })
  let ana: Client
  let restBytes = 0
  before(async () => {
    ana = await Client.signUp(place.stack.webUrl)
    restBytes = await memoryOf(place.stack.web.pid, 'VmRSS')
  })

  const grownBy = async (): Promise<number> => (await memoryOf(place.stack.web.pid, 'VmHWM')) - restBytes
  const assertServes = async (): Promise<void> => {
    await ana.expect(200, 'GET', '/api/me')
    await ana.expect(200, 'GET', '/ready')
  }

  /** One sign-up from an address of loopback: each of them is a place of its own. */
  const signUpFrom = (localAddress: string): Promise<{ status: number; retryAfter: string | undefined }> => {
    const name = `storm-${randomUUID().slice(0, 18)}`
    const body = JSON.stringify({ username: name, email: `${name}@example.com`, password: 'long enough' })
    return new Promise((resolve, reject) => {
      const sent = request(new URL('/api/auth/signup', place.stack.webUrl), {
        ...{ method: 'POST', agent: false, localAddress },
        headers: { 'content-type': 'application/json', 'content-length': body.length },
      })
      sent.once('error', reject).once('response', (answer: IncomingMessage) => {
        text(answer).then(() => {
          resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] })
        }, reject)
      })
      sent.end(body)
    })
  }

  test('a storm of sign-ups is answered with 503 where it is too much, and those who have an account log in', async (t) => {
    const answers: { status: number; retryAfter: string | undefined }[] = []
    const over = new AbortController()
    const storm = Promise.all(
      Array.from({ length: STORM }, async (_, index) => {
        while (!over.signal.aborted) answers.push(await signUpFrom(`127.0.1.${index + 1}`))
      }),
    )
    await using ending = new AsyncDisposableStack()
    ending.defer(async () => {
      over.abort()
      await storm
    })
    await eventually('the storm has begun', () => answers.some(({ status }) => status === 503))
    const before = answers.filter(({ status }) => status === 201).length
    for (let count = 0; count < LOGINS; count += 1) {
      await ana.logIn()
      await assertServes()
    }
    const hashed = answers.filter(({ status }) => status === 201).length - before
    over.abort()
    await storm

    const refused = answers.filter(({ status }) => status === 503 || status === 429)
    assert.equal(answers.filter(({ status }) => status === 201).length + refused.length, answers.length)
    for (const { retryAfter } of refused) assert.match(retryAfter ?? '', /^[1-9]\d*$/)
    // In one queue with the sign-ups, each log-in would wait for all that came before it.
    assert.ok(hashed <= LOGINS * (STORM / 3), `${hashed} sign-ups in the time of ${LOGINS} log-ins`)
    assert.equal((await signUpFrom('127.0.2.1')).status, 201)
    const grown = await grownBy()
    t.diagnostic(
      `${answers.length} sign-ups, ${refused.length} refused; ${hashed} hashed beside ${LOGINS} log-ins; web grew by ${Math.round(grown / MEGABYTE)} MB`,
    )
    assert.ok(grown < 200 * MEGABYTE, `web grew by ${grown} bytes`)
  })

  test('a storm from one place is answered with 429, and when to come again', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => signUpFrom('127.0.3.1')))
    const limited = answers.filter(({ status }) => status === 429)
    assert.ok(limited.length >= 100 - 60 - 1, `${limited.length} of 100 were limited`)
    for (const { retryAfter } of limited)
      assert.ok(Number(retryAfter) >= 1 && Number(retryAfter) <= 30, String(retryAfter))
    await assertServes()
  })

  test('clients that send slowly, or nothing, or do not read, keep nobody waiting, and of a flood three thousand are taken', async (t) => {
    const { webUrl } = place.stack
    await using opened = new AsyncDisposableStack()
    const open = async (count: number, words: string, options: { reads?: boolean } = {}): Promise<BareConnection[]> => {
      const connections = await Promise.all(Array.from({ length: count }, () => openBare(webUrl, words, options)))
      opened.defer(() => {
        for (const { socket } of connections) socket.destroy()
      })
      return connections
    }
    const login =
      'POST /api/auth/login HTTP/1.1\r\nhost: web\r\ncontent-type: application/json\r\ncontent-length: 60\r\n\r\n{'
    await open(SLOW_CLIENTS, 'GET /api/presets HTTP/1.1\r\nhost: web\r\nx-slow: ')
    const withoutBody = await open(SLOW_CLIENTS, login)
    // Each asks for two hundred answers at once and takes none.
    const withoutEyes = await open(20, 'GET /api/presets HTTP/1.1\r\nhost: web\r\n\r\n'.repeat(200), { reads: false })
    await assertServes()
    await ana.logIn()
    // More than three thousand at a time are not taken at all.
    const flood = await open(2_600, 'GET /health HTTP/1.1\r\nhost: web\r\nx-slow: ')
    await eventually('some of the flood are sent away at once', () => flood.some(({ socket }) => socket.destroyed), 10)
    for (const { socket } of [...flood, ...withoutBody, ...withoutEyes]) socket.destroy()
    await eventually('web serves again', () =>
      assertServes().then(
        () => true,
        () => false,
      ),
    )
    const grown = await grownBy()
    t.diagnostic(`web grew by ${Math.round(grown / MEGABYTE)} MB in all`)
    assert.ok(grown < 250 * MEGABYTE, `web grew by ${grown} bytes`)
  })

  test('what is too large is refused with a problem document, by web and by batch, and both go on', async () => {
    const { webUrl, batch } = place.stack
    const post = 'POST /api/auth/login HTTP/1.1\r\nhost: web\r\ncontent-type: application/json\r\n'
    const headers = `x-large: ${'x'.repeat(20_000)}\r\n`
    for (const [url, words, status, code] of [
      [webUrl, `${post}content-length: 99999999999\r\n\r\n`, 413, 'body_too_large'],
      [webUrl, `${post}transfer-encoding: chunked\r\n\r\n20000\r\n${' '.repeat(0x20000)}\r\n`, 413, 'body_too_large'],
      [webUrl, `${post}${headers}content-length: 2\r\n\r\n{}`, 431, 'headers_too_large'],
      [webUrl, `GET /api/tasks?cursor=${'x'.repeat(20_000)} HTTP/1.1\r\nhost: web\r\n\r\n`, 431, 'headers_too_large'],
      [webUrl, 'SSH-2.0-OpenSSH_9.9\r\n', 400, 'malformed_request'],
      [
        batch.url,
        `POST /pubsub/jobs HTTP/1.1\r\nhost: batch\r\n${headers}content-length: 2\r\n\r\n{}`,
        431,
        'headers_too_large',
      ],
    ] as const) {
      const connections = await Promise.all(Array.from({ length: 20 }, () => openBare(url, words)))
      for (const { closed } of connections) {
        const answer = await closed
        assert.match(answer, new RegExp(`"code":"${code}"`), words.slice(0, 60))
        assert.ok(answer.startsWith(`HTTP/1.1 ${status} `), answer.slice(0, 200))
        assert.match(answer, /\r\ncontent-type: application\/problem\+json/i)
      }
    }
    await assertServes()
    assert.equal((await fetch(new URL('/ready', batch.url))).status, 200)
  })
})
