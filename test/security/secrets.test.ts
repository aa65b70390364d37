import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { PUSH_AUDIENCE, PUSH_SERVICE_ACCOUNT } from '@reelway/local/cloud-resources.ts'
import pg from 'pg'
import { z } from 'zod'
import { useStack } from '../acceptance/place.ts'
import { eventually } from '../acceptance/watch-stack.ts'
import { Client, created, uploadFile } from '../support/client.ts'
import { makeVideo } from '../videos/make-video.ts'

/** What must be in no log, and in no answer that was not made to give it to its owner. */
type Secret = { name: string; text: string }

describe('after a tour on which everything is used and much goes wrong', () => {
  const place = useStack({ push: { maxDeliveryAttempts: 5, backoffSeconds: { minimum: 0.1, maximum: 0.2 } } })
  const secrets: Secret[] = []
  const refusals: string[] = []

  const keep = (name: string, text: string): string => {
    assert.ok(text.length >= 16, `${name} is too short to be looked for`)
    secrets.push({ name, text })
    return text
  }

  /** A call whose answer is kept when it is a refusal. */
  const send = async (url: string, init: RequestInit = {}) => {
    const response = await fetch(url, init)
    const text = await response.text()
    if (!response.ok) refusals.push(`${response.status} ${JSON.stringify([...response.headers])} ${text}`)
    return { status: response.status, text }
  }

  const tokensIn = (text: string) => {
    const { accessToken, refreshToken } = z
      .object({ accessToken: z.string(), refreshToken: z.string() })
      .parse(JSON.parse(text))
    keep('an access token', accessToken)
    keep('a refresh token', refreshToken)
    return { accessToken, refreshToken }
  }
  const keepUrl = (url: string) => {
    keep('a signature', new URL(url).searchParams.get('X-Goog-Signature') ?? '')
    return url
  }

  before(async () => {
    const { stack } = place
    const web = (path: string, body: unknown, headers: Record<string, string> = {}, method = 'POST') =>
      send(new URL(path, stack.webUrl).href, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
    const keys = z
      .object({ databasePassword: z.string(), jwtKey: z.string(), oidc: z.object({ privateKeyPem: z.string() }) })
      .parse(JSON.parse(await readFile(join(stack.directory, 'keys/keys.json'), 'utf8')))
    const account = z
      .object({ private_key: z.string() })
      .parse(JSON.parse(await readFile(join(stack.directory, 'keys/service-account.json'), 'utf8')))
    keep("the database's password", keys.databasePassword)
    keep('the key of access tokens', keys.jwtKey.split(':')[1] ?? '')
    for (const pem of [keys.oidc.privateKeyPem, account.private_key]) keep('a private key', pem.split('\n')[5] ?? '')

    // Accounts: right, wrong, malformed.
    const password = keep('a password', `pass-${randomBytes(12).toString('base64url')}`)
    const name = `canary-${randomBytes(6).toString('hex')}`
    const email = `${name}@example.com`
    await web('/api/auth/signup', { username: name, email, password })
    await web('/api/auth/signup', { username: name, email, password })
    await web('/api/auth/signup', { username: 'x', email: 'x', password, extra: password })
    await web('/api/auth/login', `{"email":"${email}","password":"${password}"`)
    await web('/api/auth/login', { email, password: { nested: password } })
    await web(`/api/auth/login`, { email: password, password: keep('a wrong password', `wrong-${password.slice(5)}`) })
    await web('/api/auth/login', `password=${password}`, { 'content-type': 'application/x-www-form-urlencoded' })
    const first = tokensIn((await web('/api/auth/login', { email, password })).text)
    const second = tokensIn((await web('/api/auth/refresh', { refreshToken: first.refreshToken })).text)
    await web('/api/auth/refresh', { refreshToken: first.refreshToken })
    await web('/api/auth/logout', { refreshToken: second.refreshToken, extra: second.refreshToken })
    const client = new Client(stack.webUrl, { username: name, email, password })
    await client.logIn()
    const { accessToken } = tokensIn(JSON.stringify(client))
    const authorization = `Bearer ${accessToken}`
    await web('/api/tasks', 'no json', { authorization: `Bearer ${accessToken.slice(0, -2)}` })
    await web(`/api/tasks?cursor=${first.refreshToken}`, undefined, { authorization: first.accessToken }, 'PUT')

    // Conversions: one that works, one that is refused, one whose storage fails.
    const video = await makeVideo('two-tenths')
    const done = await client.convert(video, { preset: 'mp4-720p' })
    const { url = '' } = done.outputs[0] ?? {}
    assert.equal((await send(keepUrl(url))).status, 200)
    await client.convert(await makeVideo('text-named-mp4'), { fileName: 'text.mp4', contentType: 'video/mp4' })
    const { body } = await client.call('POST', '/api/tasks', {
      fileName: 'a.mp4',
      contentType: 'video/mp4',
      sizeBytes: 1,
    })
    keepUrl(created.parse(body).upload?.url ?? '')
    const wronged = await client.createTask(video)
    keepUrl(wronged.upload.url)
    stack.storage.faults.add({ match: { api: 'json' }, times: 50, action: { kind: 'status', status: 503 } })
    await uploadFile(wronged.upload, video)
    // The bucket's notification meets the same.
    await web(`/api/tasks/${wronged.task.id}/uploaded`, {}, { authorization })
    stack.storage.faults.clear()
    stack.storage.faults.add({ match: { api: 'media' }, times: 1, action: { kind: 'status', status: 403 } })
    await client.settled(wronged.task.id).catch(() => undefined)

    // The database breaks off in the middle.
    const database = new pg.Client({ connectionString: stack.databaseUrl })
    database.on('error', () => undefined)
    await database.connect()
    await database.query('alter table sessions rename to sessions_gone')
    await web('/api/auth/login', { email, password })
    await web('/api/tasks', {}, { authorization })
    await database.query('alter table sessions_gone rename to sessions')
    await database.query('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()')
    await database.end()
    await web('/api/auth/login', { email, password })

    // Pushes: forged, and one whose message cannot be read.
    const pushToken = keep(
      'the token of a push',
      stack.pubsub.identityToken({ audience: PUSH_AUDIENCE, email: PUSH_SERVICE_ACCOUNT }),
    )
    const foreign = keep(
      'a foreign token',
      stack.pubsub.identityToken({ audience: 'elsewhere', email: PUSH_SERVICE_ACCOUNT }),
    )
    for (const token of [pushToken, foreign, `${pushToken.slice(0, -4)}AAAA`]) {
      await send(new URL('/pubsub/jobs', stack.batch.url).href, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: 'no json',
      })
    }
    const rows = new pg.Client({ connectionString: stack.databaseUrl })
    await rows.connect()
    const { rows: users } = await rows.query<{ password_hash: string }>('select password_hash from users')
    for (const { password_hash } of users) keep('the hash of a password', password_hash)
    await rows.end()
    await stack.pubsub.idle()
  })

  test('no secret is in any log, whole or in part', async () => {
    const { directory } = place.stack
    const logs = (await readdir(join(directory, 'logs'))).filter((file) => file.endsWith('.log'))
    const read = () => Promise.all(logs.map((file) => readFile(join(directory, 'logs', file), 'utf8')))
    // The last call of the tour. A log is written after the answer.
    await eventually('the last line', async () => (await read()).some((text) => text.includes('delivery malformed')))
    const texts = await read()
    assert.ok(logs.includes('web.log') && logs.includes('batch.log') && logs.includes('postgres.log'))
    for (const expected of [
      'request failed',
      'logged in',
      'used twice',
      'request refused',
      'task completed',
      'delivery malformed',
    ]) {
      assert.ok(
        texts.some((text) => text.includes(expected)),
        `the tour did not come to "${expected}"`,
      )
    }
    const kept = await readFile(join(directory, 'keys/keys.json'), 'utf8')
    assert.ok(
      secrets.some(({ text }) => kept.includes(formsOf(text)[0] ?? '')),
      'the search finds what is there',
    )
    for (const { name, text } of secrets) {
      for (const [index, log] of texts.entries()) {
        for (const form of formsOf(text))
          assert.ok(!log.includes(form), `${logs[index]} holds ${name}: ${around(log, form)}`)
      }
    }
  })

  test('no secret is in the answer to a refused call', () => {
    for (const status of [400, 401, 403, 409, 415, 500, 503]) {
      assert.ok(
        refusals.some((refusal) => refusal.startsWith(String(status))),
        `nothing was refused with ${status}`,
      )
    }
    for (const refusal of refusals) {
      for (const { name, text } of secrets) {
        for (const form of formsOf(text)) assert.ok(!refusal.includes(form), `${name} in ${refusal}`)
      }
      assert.doesNotMatch(
        refusal,
        /\bat \S+ \(|node_modules|\.ts:\d|postgres|argon2|select |insert /i,
        'how it works inside',
      )
    }
  })
})

/** A secret as it may be written: as it is, in its longest half, in base64 and in percent encoding. */
const formsOf = (text: string): string[] => [
  ...new Set([
    text.slice(-Math.max(16, Math.floor(text.length / 2))),
    Buffer.from(text).toString('base64').replace(/=+$/, ''),
    encodeURIComponent(text),
  ]),
]

const around = (log: string, form: string): string => {
  const at = log.indexOf(form)
  return log.slice(Math.max(0, at - 300), at + 20)
}
