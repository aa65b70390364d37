import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { callerOf } from '../../support/call.ts'
import { startTestWeb } from '../../support/web.ts'

const direct = await startTestWeb()
const behindOne = await startTestWeb({ variables: { TRUST_PROXY_HOPS: '1' } })

/** The addresses that log-ins were counted for, after one with this header. */
const countedFor = async ({ db, url }: typeof direct, forwardedFor: string): Promise<string[]> => {
  await db.deleteFrom('rateLimits').execute()
  await callerOf(url)('POST', '/api/auth/login', {
    json: { email: 'nobody', password: 'nothing' },
    headers: { 'x-forwarded-for': forwardedFor },
  })
  const rows = await db.selectFrom('rateLimits').select('key').where('key', 'like', 'login:address:%').execute()
  return rows.map(({ key }) => key.replace('login:address:', ''))
}

describe('X-Forwarded-For', () => {
  test('is not believed when clients connect directly', async () => {
    assert.deepEqual(await countedFor(direct, '203.0.113.7'), ['127.0.0.1'])
  })

  test('is believed from behind one proxy, the address that the proxy added only', async () => {
    assert.deepEqual(await countedFor(behindOne, '198.51.100.1, 203.0.113.7'), ['203.0.113.7'])
    assert.deepEqual(await countedFor(behindOne, '203.0.113.8'), ['203.0.113.8'])
  })

  test('counts an IPv6 client by its /64', async () => {
    assert.deepEqual(await countedFor(behindOne, '2001:db8:1:2:3:4:5:6'), ['2001:db8:1:2'])
  })
})
