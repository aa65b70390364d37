import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { listenEarly } from '@reelway/shared/http/listen-early.ts'

const portOf = (address: unknown): number => {
  assert.ok(typeof address === 'object' && address !== null && 'port' in address && typeof address.port === 'number')
  return address.port
}

test('/health is answered before the app is there, and everything else by the app', async (t) => {
  const { server, handOver } = await listenEarly('0')
  t.after(() => server.close())
  const url = `http://127.0.0.1:${portOf(server.address())}`
  const arrived = once(server, 'request')
  const waiting = fetch(`${url}/ready`)
  await arrived
  const health = await fetch(`${url}/health`)
  assert.equal(health.status, 200)
  assert.deepEqual(await health.json(), { status: 'ok' })

  handOver((request, response) => response.end(`the app answers ${request.url}`))
  assert.equal(await (await waiting).text(), 'the app answers /ready')
  assert.equal(await (await fetch(`${url}/health`)).text(), 'the app answers /health')
})

test('a request whose client has gone before the app is there is not answered by it', async (t) => {
  const { server, handOver } = await listenEarly('0')
  t.after(() => server.close())
  const url = `http://127.0.0.1:${portOf(server.address())}`
  const arrived = once(server, 'request')
  const leaving = new AbortController()
  const gone = fetch(`${url}/ready`, { signal: leaving.signal })
  const [, response] = await arrived
  const closed = once(response, 'close')
  leaving.abort()
  await assert.rejects(gone)
  await closed
  const seen: (string | undefined)[] = []
  handOver((request, answer) => {
    seen.push(request.url)
    answer.end()
  })
  await fetch(`${url}/later`)
  assert.deepEqual(seen, ['/later'])
})

test('handing over takes back what would end the process at a signal', async () => {
  const before = process.listenerCount('SIGTERM')
  const { server, handOver } = await listenEarly('0')
  assert.equal(process.listenerCount('SIGTERM'), before + 1)
  handOver(() => undefined)
  assert.equal(process.listenerCount('SIGTERM'), before)
  server.close()
})

test('a port that is none is left for the configuration to name', async () => {
  for (const port of ['http', '70000', '-1', '1.5']) {
    const { server, handOver } = await listenEarly(port)
    assert.equal(server.listening, false)
    handOver(() => undefined)
  }
})
