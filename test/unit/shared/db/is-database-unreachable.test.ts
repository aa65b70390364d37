import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDatabaseUnreachable } from '@reelway/shared/db/is-database-unreachable.ts'

const failed = (fields: object, message = 'failed') => Object.assign(new Error(message), fields)

test('an error of the connection says that the database cannot be reached', () => {
  for (const code of ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', '57P01', '57P03', '53300', '08006']) {
    assert.equal(isDatabaseUnreachable(failed({ code })), true, code)
    assert.equal(isDatabaseUnreachable(new AggregateError([failed({ code })])), true, code)
  }
  for (const message of ['timeout exceeded when trying to connect', 'Connection terminated unexpectedly']) {
    assert.equal(isDatabaseUnreachable(new Error(message)), true, message)
  }
})

test('an error of a statement does not', () => {
  for (const code of ['23505', '40P01', '42P01', '57014', 503])
    assert.equal(isDatabaseUnreachable(failed({ code })), false)
  assert.equal(isDatabaseUnreachable('ECONNREFUSED'), false)
})

test('a broken connection to the storage is not one to the database', () => {
  const code = 'ECONNRESET'
  for (const ofHttp of [{ config: {} }, { response: undefined }, { type: 'system', erroredSysCall: undefined }]) {
    assert.equal(isDatabaseUnreachable(failed({ code, ...ofHttp })), false)
  }
})
