import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { PUSH_AUDIENCE, PUSH_SERVICE_ACCOUNT, SCHEDULER_SERVICE_ACCOUNT } from '@reelway/local/cloud-resources.ts'
import { useStack } from './place.ts'

const PUSH_PATHS = ['/pubsub/jobs', '/pubsub/dead-letter', '/pubsub/uploads']

describe('who may call batch', () => {
  // The scheduler of the stack is not to be in the way.
  const place = useStack({ reapSeconds: 3_600 })

  const post = async (path: string, token: string | undefined, body: string = pushOf({ jobId: randomUUID() })) => {
    const response = await fetch(new URL(path, place.stack.batch.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body,
    })
    await response.arrayBuffer()
    return response.status
  }
  const tokenFor = (audience: string, email: string) => place.stack.pubsub.identityToken({ audience, email })
  const pubsubToken = () => tokenFor(PUSH_AUDIENCE, PUSH_SERVICE_ACCOUNT)

  test('a push without a token is refused with 401', async () => {
    for (const path of [...PUSH_PATHS, '/jobs/reap']) assert.equal(await post(path, undefined), 401, path)
  })

  test('a push with a token for another audience is refused with 403', async () => {
    const token = tokenFor('another-service', PUSH_SERVICE_ACCOUNT)
    for (const path of PUSH_PATHS) assert.equal(await post(path, token), 403, path)
    assert.equal(await post('/jobs/reap', tokenFor('another-service', SCHEDULER_SERVICE_ACCOUNT)), 403)
  })

  test('a push with the token of another account is refused with 403', async () => {
    const token = tokenFor(PUSH_AUDIENCE, 'mallory@elsewhere.iam.gserviceaccount.com')
    for (const path of [...PUSH_PATHS, '/jobs/reap']) assert.equal(await post(path, token), 403, path)
  })

  test('Pub/Sub may not call the reaper, and the scheduler may not push', async () => {
    assert.equal(await post('/jobs/reap', pubsubToken()), 403)
    const scheduler = tokenFor(PUSH_AUDIENCE, SCHEDULER_SERVICE_ACCOUNT)
    for (const path of PUSH_PATHS) assert.equal(await post(path, scheduler), 403, path)
    assert.equal(await post('/jobs/reap', scheduler), 200)
  })

  test('a token whose signature or claims were changed is refused with 403', async () => {
    const [head = '', claims = '', signature = ''] = pubsubToken().split('.')
    const stranger = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url')
    const later = JSON.parse(Buffer.from(claims, 'base64url').toString())
    const changed = Buffer.from(JSON.stringify({ ...later, exp: later.exp + 1 })).toString('base64url')
    for (const token of [
      `${head}.${claims}.`,
      `${head}.${claims}.SIGNATURE_REMOVED_BY_GOOGLE`,
      `${head}.${changed}.${signature}`,
      `${stranger}.${claims}.`,
      'no-token',
    ]) {
      assert.equal(await post('/pubsub/jobs', token), 403, token)
    }
  })

  test('what is no message of ours is acknowledged, so that it does not come back', async () => {
    for (const body of [
      '',
      'no json',
      '[]',
      '{"message":{}}',
      JSON.stringify({ message: { messageId: '1', data: '%%%' }, subscription: 's' }),
      pushOf('no object'),
      pushOf({ jobId: 'no-id' }),
      pushOf({ jobId: randomUUID() }),
      pushOf({ jobId: randomUUID(), padding: 'x'.repeat(9_000_000) }),
      'x'.repeat(15_000_000),
    ]) {
      for (const path of PUSH_PATHS) {
        assert.equal(await post(path, pubsubToken(), body), 204, `${path} ${body.slice(0, 100)}`)
      }
    }
    assert.equal((await fetch(new URL('/ready', place.stack.batch.url))).status, 200)
  })
})

const pushOf = (message: unknown): string =>
  JSON.stringify({
    message: {
      messageId: '1',
      publishTime: new Date().toISOString(),
      data: Buffer.from(JSON.stringify(message)).toString('base64'),
    },
    subscription: 'projects/p/subscriptions/s',
  })
