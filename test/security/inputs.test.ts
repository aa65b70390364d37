import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { z } from 'zod'
import { assertInvalid, assertProblem, callerOf, createdIn, taskIn } from '../support/call.ts'
import { newAsset, newJob, newTask, taskRow } from '../support/rows.ts'
import { tableDigests } from '../support/table-digests.ts'
import { startTestWeb } from '../support/web.ts'
import { addressOf, nameOf, webEndpoints } from './endpoints.ts'
import { sendRaw } from './send-raw.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const [ana, ben] = [await web.newAccount(), await web.newAccount()]
const hers = await newTask(web.db, ana.userId, { status: 'queued', fileName: 'hers-alone.mp4', sourceGeneration: '1' })
await newJob(web.db, hers.id)
const herIds = { taskId: hers.id, assetId: (await newAsset(web.db, ana.userId)).id }

const JSON_TYPE = { 'content-type': 'application/json' }
const newFile = { fileName: 'clip.mp4', contentType: 'video/mp4', sizeBytes: 1000 }
const account = () => ({ username: `u-${randomUUID().slice(0, 8)}`, email: `${randomUUID()}@example.com` })

describe('of what another user has', () => {
  test('every endpoint says that it is not there, in the words for what never was, and changes nothing', async () => {
    const before = await tableDigests(web.db)
    for (const endpoint of webEndpoints.filter(({ path }) => /:(task|asset)Id/.test(path))) {
      const found = endpoint.path.includes(':taskId') ? 'task_not_found' : 'asset_not_found'
      // A player is let in by a token for one task alone, and no other.
      const code = endpoint.caller === 'player' ? 'unauthenticated' : found
      const [theirs, nobodys] = await Promise.all(
        [herIds, { taskId: randomUUID(), assetId: randomUUID() }].map(async (ids) =>
          assertProblem(
            await call(endpoint.method, addressOf(endpoint, ids), {
              token: ben.token,
              ...(endpoint.method === 'PATCH' && { json: { preset: 'mp4-720p' } }),
            }),
            code,
          ),
        ),
      )
      assert.deepEqual({ ...theirs, requestId: '' }, { ...nobodys, requestId: '' }, nameOf(endpoint))
    }
    assert.deepEqual(await tableDigests(web.db), before)
  })

  test("a list shows nothing, also not from another user's place in theirs", async () => {
    const page = z.object({ data: z.array(z.object({ id: z.uuid() })), nextCursor: z.string().nullable() })
    await newTask(web.db, ana.userId)
    const listOf = async (token: string, query: string) => {
      const answer = await call('GET', `/api/tasks?${query}`, { token })
      return page.parse(JSON.parse(answer.text))
    }
    const { nextCursor } = await listOf(ana.token, 'limit=1')
    assert.ok(nextCursor)
    const own = await newTask(web.db, ben.userId)
    for (const order of ['newest', 'oldest']) {
      const { data } = await listOf(ben.token, `cursor=${nextCursor}&order=${order}`)
      assert.ok(data.every(({ id }) => id === own.id))
    }
  })
})

describe('a body that asks for more than it may', () => {
  const asked = {
    ...{
      id: randomUUID(),
      userId: ana.userId,
      user_id: ana.userId,
      status: 'completed',
      lane: 'candidate',
      progress: 1,
    },
    ...{ sourceGeneration: '1', outputs: [], attempts: 0, createdAt: '2020-01-01', admin: true, passwordHash: 'x' },
  }
  const bodies: [path: string, body: object][] = [
    ['/api/auth/signup', { ...account(), password: 'long enough' }],
    ['/api/auth/login', { email: 'ana', password: 'long enough' }],
    ['/api/auth/refresh', { refreshToken: 'x' }],
    ['/api/auth/logout', { refreshToken: 'x' }],
    ['/api/tasks', newFile],
    ['/api/assets', newFile],
  ]
  for (const [path, body] of bodies) {
    test(`is refused field by field: ${path}`, async () => {
      const before = await tableDigests(web.db)
      const answer = await call('POST', path, { token: ben.token, json: { ...body, ...asked } })
      assertInvalid(
        answer,
        Object.keys(asked).map((field) => `/${field}`),
      )
      assert.deepEqual(await tableDigests(web.db), before)
    })
  }

  test('changes nothing where no body is expected', async () => {
    const task = await newTask(web.db, ben.userId)
    const answer = await call('POST', `/api/tasks/${task.id}/cancel`, { token: ben.token, json: asked })
    assert.equal(taskIn(answer).status, 'cancelled')
    assert.equal((await taskRow(web.db, task.id)).userId, ben.userId)
    assert.equal((await taskRow(web.db, hers.id)).status, 'queued')
  })

  test('does not become another method by a header or a parameter', async () => {
    const headers = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE', 'x-http-method': 'DELETE' }
    const answer = await call('POST', `/api/tasks/${hers.id}?_method=DELETE`, { token: ana.token, headers })
    assertProblem(answer, 'method_not_allowed')
    assert.equal((await taskRow(web.db, hers.id)).deletedAt, null)
  })
})

describe('text that looks like SQL', () => {
  const attacks = [`'; drop table tasks; --`, `" or ""="`, `\\'; select pg_sleep(9); --`, '$1', '%27']

  test('is a name like any other, and stored as it is', async () => {
    for (const attack of attacks.filter((text) => !/[/\\]/.test(text))) {
      const { task } = createdIn(
        await call('POST', '/api/tasks', {
          token: ben.token,
          json: { ...newFile, fileName: `${attack}.mp4` },
          headers: { 'idempotency-key': attack.replaceAll(' ', '+') },
        }),
      )
      assert.equal((await taskRow(web.db, task.id)).fileName, `${attack}.mp4`)
    }
  })

  test('finds nobody, nothing, and no way around a check', async () => {
    const before = await tableDigests(web.db)
    for (const attack of attacks) {
      const text = encodeURIComponent(attack)
      const wrong = await call('POST', '/api/auth/login', { json: { email: attack, password: attack } })
      assertProblem(wrong, 'invalid_credentials')
      assertInvalid(
        await call('GET', `/api/tasks?status=${text}&order=${text}&cursor=${text}&limit=${text}`, { token: ben.token }),
        [...['/cursor', '/limit', '/order', '/status']],
      )
      assertProblem(await call('DELETE', `/api/tasks/${text}`, { token: ben.token }), 'task_not_found')
      assertInvalid(
        await call('POST', '/api/auth/signup', { json: { ...account(), username: attack, password: 'x'.repeat(9) } }),
        ['/username'],
      )
    }
    assert.deepEqual(await tableDigests(web.db), before)
  })
})

describe('JSON that is meant to hurt', () => {
  const post = (path: string, body: string) => call('POST', path, { token: ben.token, headers: JSON_TYPE, body })
  const deep = (open: string, close: string, levels: number) => `${open.repeat(levels)}1${close.repeat(levels)}`

  test('nested as deep as a body allows is refused like any other wrong value', async () => {
    assertInvalid(await post('/api/auth/login', `{"email":"a","password":${deep('[', ']', 30_000)}}`), ['/password'])
    assertInvalid(await post('/api/auth/login', `{"email":"a","password":"b","x":${deep('{"x":', '}', 10_000)}}`), [
      '/x',
    ])
    assertProblem(await post('/api/auth/login', '['.repeat(60_000)), 'malformed_json')
  })

  test('with numbers beyond all bounds is refused, and none is rounded to something that passes', async () => {
    for (const number of ['1e999', '-1e999', '9007199254740993', '1e308', '-0', '0.1e1000', `1${'0'.repeat(50_000)}`]) {
      const answer = await post('/api/tasks', `{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":${number}}`)
      assertInvalid(answer, ['/sizeBytes'])
    }
  })

  test('with a key twice means the last, in the check as in what is stored', async () => {
    const { username, email } = account()
    const body = `{"username":"x","username":"${username}","email":"nobody","email":"${email}","password":"1","password":"long enough"}`
    const answer = await post('/api/auth/signup', body)
    assert.deepEqual(z.object({ username: z.string(), email: z.string() }).parse(JSON.parse(answer.text)), {
      username,
      email,
    })
  })

  test('that names the prototype of all objects is refused, and pollutes nothing', async () => {
    const body = JSON.stringify(newFile).slice(0, -1)
    for (const key of ['__proto__', 'constructor', 'prototype', 'toString']) {
      assertInvalid(await post('/api/tasks', `${body},"${key}":{"polluted":true}}`), [`/${key}`])
      assertInvalid(await call('GET', `/api/tasks?${key}=1`, { token: ben.token }), [`/${key}`])
    }
    assert.equal(Reflect.get({}, 'polluted'), undefined)
  })

  test('with a thousand unknown fields is answered with them, and no more', async () => {
    const fields = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`field-${index}`, 1]))
    const answer = await post('/api/tasks', JSON.stringify({ ...newFile, ...fields }))
    assert.equal(assertProblem(answer, 'invalid_input').errors?.length, 1_000)
  })
})

describe('every endpoint', () => {
  test('gives no page of another origin leave to call it, except to read the public description, and sets no cookie', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    for (const endpoint of webEndpoints.filter(({ path }) => path !== '/openapi.json')) {
      for (const method of ['OPTIONS', endpoint.method]) {
        const answer = await call(method, addressOf(endpoint, herIds), { headers })
        const telling = [...answer.headers.keys()].filter((name) => /^access-control-|^set-cookie$/.test(name))
        assert.deepEqual(telling, [], `${method} ${endpoint.path}`)
      }
    }
  })

  test('answers with the headers that keep browsers from misusing it, whatever comes of the call', async () => {
    for (const endpoint of webEndpoints) {
      for (const method of [endpoint.method, 'HEAD', 'PATCH', 'TRACE']) {
        const answer = await sendRaw(web.url, method, addressOf(endpoint, herIds))
        assert.ok(answer.status < 500)
        assert.equal(answer.headers['x-content-type-options'], 'nosniff', `${method} ${endpoint.path}`)
        assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/)
        assert.equal(answer.headers['x-powered-by'], undefined)
      }
    }
  })

  test('of a user stays closed by whatever name it is called', async () => {
    const before = await tableDigests(web.db)
    for (const path of [
      ...[
        '/API/TASKS',
        '/api/tasks/',
        '//api/tasks',
        '/api//tasks',
        '/api/./tasks',
        '/api/presets/../tasks',
        '/api/%74asks',
      ],
      ...[
        '/api/presets/%2e%2e/tasks',
        '/api/presets/..%2ftasks',
        '/api/tasks;x',
        '/api/tasks%00',
        '/api/tasks?x=/api/presets',
      ],
      ...[`http://elsewhere/api/tasks/${hers.id}`, `/api/tasks/${hers.id.toUpperCase()}`, '/api\\tasks'],
    ]) {
      for (const method of ['GET', 'HEAD', 'POST', 'DELETE']) {
        const { status, text } = await sendRaw(web.url, method, path)
        assert.ok([400, 401, 404, 405].includes(status), `${method} ${path}: ${status}`)
        assert.ok(!text.includes('hers-alone'))
      }
    }
    assert.deepEqual(await tableDigests(web.db), before)
  })
})
