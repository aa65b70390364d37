import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { describe, type TestContext, test } from 'node:test'
import { answerUnreadable } from '@reelway/shared/http/answer-unreadable.ts'
import { cutOffSlowReaders } from '@reelway/shared/http/cut-off-slow-readers.ts'
import { listenEarly } from '@reelway/shared/http/listen-early.ts'
import { openBare } from '../../../support/bare-connection.ts'

const PROBLEM =
  /\r\ncontent-type: application\/problem\+json; charset=utf-8\r\n[\s\S]*\r\nx-request-id: ([\w-]{36})\r\n[\s\S]*"requestId":"\1"/

/** The server of both services, with an app of the test's. */
const listen = async (t: TestContext, app: RequestListener, readingSeconds = 60) => {
  const { server, handOver } = await listenEarly('0')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  answerUnreadable(server)
  cutOffSlowReaders(server, readingSeconds)
  handOver(app)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { server, url: `http://127.0.0.1:${address.port}` }
}

const echo: RequestListener = (request, response) => {
  request.on('error', () => undefined)
  request.resume().on('end', () => response.end('read'))
}

describe('the server of both services', () => {
  test('gives headers 15 s and a whole request 30 s, and takes three thousand connections', async (t) => {
    const { server } = await listen(t, echo)
    assert.deepEqual(
      [server.headersTimeout, server.requestTimeout, server.keepAliveTimeout, server.maxConnections],
      [15_000, 30_000, 620_000, 3_000],
    )
  })

  test('answers those who send too slowly with 408 and closes, and serves others meanwhile', async (t) => {
    const { server, url } = await listen(t, echo)
    server.headersTimeout = 300
    server.requestTimeout = 300
    const slow = await Promise.all([
      openBare(url, 'GET / HTTP/1.1\r\nhost: x\r\nx-slow: '),
      openBare(url, 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nslow'),
      openBare(url, 'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nslow'),
      openBare(url, ''),
    ])
    assert.equal(await (await fetch(url)).text(), 'read')
    for (const { closed } of slow) {
      const answer = await closed
      assert.match(answer, /"code":"request_timeout"/)
      assert.match(answer, /^HTTP\/1\.1 408 Request Timeout\r\n/)
      assert.match(answer, PROBLEM)
    }
  })

  test('answers headers that are too large with 431, and what is no HTTP with 400', async (t) => {
    const { url } = await listen(t, echo)
    for (const [text, status, code] of [
      [`GET / HTTP/1.1\r\nhost: x\r\ncookie: ${'x'.repeat(17_000)}\r\n\r\n`, 431, 'headers_too_large'],
      [`GET /${'x'.repeat(17_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 431, 'headers_too_large'],
      ['\x16\x03\x01\x02\x00\x01\x00', 400, 'malformed_request'],
      [
        'GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
        400,
        'malformed_request',
      ],
      ['GET / HTTP/1.1\r\nhost: x\r\nx-bad : 1\r\n\r\n', 400, 'malformed_request'],
      ['POST / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n', 400, 'malformed_request'],
    ] as const) {
      const answer = await (await openBare(url, text)).closed
      assert.match(answer, new RegExp(`"code":"${code}"`), text.slice(0, 60))
      assert.ok(answer.startsWith(`HTTP/1.1 ${status} `), answer)
      assert.match(answer, PROBLEM)
    }
  })

  test('never puts a second answer into one that is being sent', async (t) => {
    const { url } = await listen(t, (_request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half of it')
    })
    const { socket, closed, received } = await openBare(url, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n')
    while (!received().includes('half')) await once(socket, 'data')
    socket.write('no HTTP at all\r\n\r\n')
    const answer = await closed
    assert.ok(answer.endsWith('half of it'), answer)
  })
})

describe('a client that does not read its answer', () => {
  test('is cut off, while one that reads gets all of it', async (t) => {
    const answer = Buffer.alloc(16_000_000, 'x')
    const { server, url } = await listen(t, (_request, response) => response.end(answer), 2)
    const request = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n'
    const accepted = once(server, 'connection')
    const { socket } = await openBare(url, request, { reads: false })
    const [serverSide] = await accepted
    assert.equal((await (await fetch(url)).arrayBuffer()).byteLength, answer.length)
    if (!serverSide.destroyed) await once(serverSide, 'close')
    socket.destroy()
  })

  test('is not cut off while the answer is still being made', async (t) => {
    const { url } = await listen(t, (_request, response) => void setTimeout(() => response.end('late'), 500), 0.2)
    assert.equal(await (await fetch(url)).text(), 'late')
  })
})
