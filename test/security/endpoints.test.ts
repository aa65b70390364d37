import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { openSession } from '@reelway/shared/db/sessions/open.ts'
import { revokeSession } from '@reelway/shared/db/sessions/revoke.ts'
import { signAccessToken } from '@reelway/web/accounts/access-token.ts'
import { hashToken, newToken } from '@reelway/web/accounts/opaque-token.ts'
import { signingKeys } from '@reelway/web/accounts/token-answer.ts'
import { makeApp } from '@reelway/web/app.ts'
import { sql } from 'kysely'
import { assertInvalid, assertProblem, callerOf } from '../support/call.ts'
import { newAsset, newJob, newTask, newUser } from '../support/rows.ts'
import { tableDigests } from '../support/table-digests.ts'
import { startTestWeb } from '../support/web.ts'
import { badAccessTokens } from './bad-access-tokens.ts'
import { addressOf, batchEndpoints, nameOf, webEndpoints } from './endpoints.ts'
import { routesIn } from './routes-in.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const keys = signingKeys(web.deps.config)
const forUsers = webEndpoints.filter(({ caller }) => caller === 'user')

const textOf = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')

const newSession = async (userId: string) => {
  const refreshToken = newToken()
  const sessionId = await openSession(web.db, userId, hashToken(refreshToken))
  return { sessionId, refreshToken, token: signAccessToken(keys, { userId, sessionId }) }
}

const userId = await newUser(web.db)
const session = await newSession(userId)
const [revoked, ended] = [await newSession(userId), await newSession(userId)]
await revokeSession(web.db, hashToken(revoked.refreshToken))
await web.db
  .updateTable('sessions')
  .set({ expiresAt: sql<Date>`now() - interval '1 s'` })
  .where('id', '=', ended.sessionId)
  .execute()
// What there is to take and to break.
const task = await newTask(web.db, userId, { status: 'queued', fileName: 'hers-alone.mp4', sourceGeneration: '1' })
await newJob(web.db, task.id)
const asset = await newAsset(web.db, userId, { fileName: 'hers-alone.png' })
const ids = { taskId: task.id, assetId: asset.id }

const bad = badAccessTokens(keys.current, {
  userId,
  sessionId: session.sessionId,
  goodToken: session.token,
  refreshToken: session.refreshToken,
  revokedToken: revoked.token,
  endedToken: ended.token,
  otherSessionId: (await newSession(await newUser(web.db))).sessionId,
})

describe('the table of endpoints', () => {
  test('holds every route of web, and nothing else', () => {
    const found = routesIn(makeApp(web.deps).router)
    assert.deepEqual(found.toSorted(), webEndpoints.map(nameOf).toSorted())
  })

  test('holds every path of batch, and nothing else', async () => {
    const sources = [await textOf('services/batch/app.ts'), await textOf('shared/http/operations.ts')].join('\n')
    const mounted = [...sources.matchAll(/\.(?:use|route|get|post|put|patch|delete)\(\s*'(\/[^']*)'/g)].map(
      ([, path = '']) => path,
    )
    // The prefix under which nothing answers but what is mounted below it.
    const found = mounted.filter((path) => path !== '/pubsub')
    assert.ok(mounted.includes('/pubsub'))
    assert.deepEqual(found.toSorted(), batchEndpoints.map(({ path }) => path).toSorted())
  })

  test("says the same as the README's", async () => {
    const rows = [...(await textOf('README.md')).matchAll(/^\| `(GET|POST|PATCH|DELETE) (\/[^|]*)` *\|/gm)]
    const named = rows.flatMap(([, method, paths = '']) =>
      paths
        .split('`, `')
        .map((path) => `${method} ${path.replace(':id', path.startsWith('/api/assets') ? ':assetId' : ':taskId')}`),
    )
    assert.deepEqual(named.toSorted(), webEndpoints.map(nameOf).toSorted())
  })
})

describe('every endpoint of a user', () => {
  for (const { title, authorization, code } of bad) {
    test(`refuses ${title}, changes nothing and tells nothing`, async () => {
      const before = await tableDigests(web.db)
      for (const endpoint of forUsers) {
        const answer = await call(endpoint.method, addressOf(endpoint, ids), {
          headers: authorization === undefined ? {} : { authorization },
          ...(['POST /api/tasks', 'POST /api/assets'].includes(nameOf(endpoint)) && {
            json: { fileName: 'clip.mp4', contentType: 'video/mp4', sizeBytes: 1000 },
          }),
        })
        const { detail } = assertProblem(answer, code)
        const challenge = code === 'unauthenticated' ? 'Bearer' : 'Bearer error="invalid_token"'
        assert.equal(answer.headers.get('www-authenticate'), challenge, nameOf(endpoint))
        for (const secret of ['hers-alone', task.id, asset.id, userId])
          assert.ok(!answer.text.includes(secret), nameOf(endpoint))
        assert.doesNotMatch(detail, /expired at|signature|audience|kid|jwt/i, 'why it was refused helps to forge')
      }
      assert.deepEqual(await tableDigests(web.db), before)
    })
  }

  test('accepts the token that all of these differ from', async () => {
    for (const endpoint of forUsers) {
      // A stream of events would not end by itself.
      const method = endpoint.path === '/api/tasks/events' ? 'HEAD' : endpoint.method
      const answer = await call(method, addressOf(endpoint, ids), { token: session.token })
      assert.notEqual(answer.status, 401, nameOf(endpoint))
    }
  })

  test('refuses tokens from the moment that their refresh token is used twice, and tells it of that log-in only', async () => {
    const [stolen, elsewhere] = [await newSession(userId), await newSession(userId)]
    const refresh = (refreshToken: string) => call('POST', '/api/auth/refresh', { json: { refreshToken } })
    assert.equal((await refresh(stolen.refreshToken)).status, 200)
    assert.equal((await call('GET', '/api/me', { token: stolen.token })).status, 200)
    assertProblem(await refresh(stolen.refreshToken), 'invalid_refresh_token')
    assertProblem(await call('GET', '/api/me', { token: stolen.token }), 'invalid_access_token')
    assert.equal((await call('GET', '/api/me', { token: elsewhere.token })).status, 200)
  })
})

describe('an endpoint that is for anybody', () => {
  test('takes no access token in the place of a refresh token, nor one that was made up', async () => {
    const before = await tableDigests(web.db)
    const asRefresh = await call('POST', '/api/auth/refresh', { json: { refreshToken: session.token } })
    assertInvalid(asRefresh, ['/refreshToken'])
    for (const refreshToken of [randomBytes(32).toString('base64url'), "' or true --"]) {
      assertProblem(await call('POST', '/api/auth/refresh', { json: { refreshToken } }), 'invalid_refresh_token')
      assert.equal((await call('POST', '/api/auth/logout', { json: { refreshToken } })).status, 204)
    }
    assert.deepEqual(await tableDigests(web.db), before)
  })

  test('answers the same whatever token comes along', async () => {
    for (const path of ['/api/presets', '/health', '/ready', '/version']) {
      const plain = await call('GET', path)
      for (const { authorization } of bad.slice(0, 12)) {
        const answer = await call('GET', path, { headers: { authorization: authorization ?? '' } })
        assert.deepEqual([answer.status, answer.text], [plain.status, plain.text])
      }
    }
  })
})
