import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readConfig } from '@reelway/shared/config.ts'
import { webVariables } from '@reelway/web/config.ts'

const secret = Buffer.alloc(32, 7).toString('base64')
const complete = {
  GOOGLE_CLOUD_PROJECT: 'reelway',
  DATABASE_URL: 'postgresql://user:password@db/reelway',
  UPLOADS_BUCKET: 'uploads',
  OUTPUTS_BUCKET: 'outputs',
  JWT_KEY_CURRENT: `a:${secret}`,
}

/** The variables that the error names, a line each. */
const namedBy = (environment: NodeJS.ProcessEnv): string[] => {
  try {
    readConfig(webVariables, environment)
    return []
  } catch (error) {
    assert.ok(error instanceof Error)
    return [...error.message.matchAll(/^ {2}(\w+): /gm)].map(([, name = '']) => name)
  }
}

describe('the configuration of web', () => {
  test('has a default for everything that need not be given', () => {
    const config = readConfig(webVariables, complete)
    assert.deepEqual(
      [config.PORT, config.LOG_LEVEL, config.DB_POOL_SIZE, config.TRUST_PROXY_HOPS, config.MAX_UPLOAD_BYTES],
      [8080, 'info', 4, 0, 100 * 1024 ** 3],
    )
    assert.deepEqual(config.JWT_KEY_CURRENT, { kid: 'a', secret: Buffer.alloc(32, 7) })
    assert.equal(config.JWT_KEY_PREVIOUS, undefined)
  })

  test('that is empty names everything that is needed, at once, also how to reach the database', () => {
    const needed = ['DATABASE_URL', 'GOOGLE_CLOUD_PROJECT', 'JWT_KEY_CURRENT', 'OUTPUTS_BUCKET', 'UPLOADS_BUCKET']
    assert.deepEqual(namedBy({}).sort(), needed)
    assert.deepEqual(namedBy(Object.fromEntries(needed.map((name) => [name, '']))).sort(), needed)
  })

  test('that is wrong everywhere names every variable and prints no value', () => {
    const wrong = {
      ...complete,
      PORT: '99999x1',
      LOG_LEVEL: 'loud-x1',
      DATABASE_URL: 'mysql://root:x1@db',
      DB_POOL_SIZE: '0x1x1',
      JWT_KEY_CURRENT: 'short-x1',
      JWT_KEY_PREVIOUS: `no kid x1:${secret}`,
      TRUST_PROXY_HOPS: '-1',
      MAX_UPLOAD_BYTES: 'x1',
      STORAGE_ENDPOINT: 'x1',
    }
    const { GOOGLE_CLOUD_PROJECT: _project, UPLOADS_BUCKET: _uploads, OUTPUTS_BUCKET: _outputs, ...names } = wrong
    assert.deepEqual(namedBy(wrong).sort(), Object.keys(names).sort())
    assert.throws(
      () => readConfig(webVariables, wrong),
      (error) => error instanceof Error && !/x1|root|AAAA|Bwc/.test(error.message),
    )
  })

  test('names the database by one of two ways, not by both', () => {
    const { DATABASE_URL: _url, ...rest } = complete
    const connector = { ...rest, INSTANCE_CONNECTION_NAME: 'p:r:i', DB_USER: 'web' }
    assert.deepEqual(namedBy(connector), [])
    assert.deepEqual(namedBy({ ...connector, DATABASE_URL: complete.DATABASE_URL }), ['DATABASE_URL'])
    assert.deepEqual(namedBy({ ...connector, DB_USER: '' }), ['DB_USER'])
    assert.deepEqual(namedBy({ ...connector, INSTANCE_CONNECTION_NAME: 'p:r' }), ['INSTANCE_CONNECTION_NAME'])
  })

  test('refuses a key of fewer than 32 bytes', () => {
    const short = Buffer.alloc(31, 7).toString('base64')
    assert.deepEqual(namedBy({ ...complete, JWT_KEY_CURRENT: `a:${short}` }), ['JWT_KEY_CURRENT'])
  })
})
