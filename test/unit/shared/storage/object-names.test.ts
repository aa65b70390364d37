import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  assetIdOf,
  assetObjectName,
  outputObjectName,
  outputPrefix,
  sourceObjectName,
  taskIdOfSource,
} from '@reelway/shared/storage/object-names.ts'
import { isNotFound, isPreconditionFailed, isStorageUnavailable } from '@reelway/shared/storage/storage-errors.ts'

const id = '0b5c3a52-7a3e-4f0e-9d38-0d6f8f1c2b3a'

describe('the name of an object', () => {
  test('leads back to its task, or to its asset', () => {
    assert.equal(taskIdOfSource(sourceObjectName(id)), id)
    assert.equal(assetIdOf(assetObjectName(id)), id)
    assert.deepEqual([assetIdOf(sourceObjectName(id)), taskIdOfSource(assetObjectName(id))], [undefined, undefined])
  })

  test('that is none of ours leads to no task', () => {
    for (const name of [
      '',
      id,
      `sources/${id}/x`,
      `x/sources/${id}`,
      `sources/${id.toUpperCase()}`,
      'sources/../x',
      `sources/${id}\n`,
    ]) {
      assert.equal(taskIdOfSource(name), undefined, name)
      assert.equal(assetIdOf(name.replace('sources', 'assets')), undefined, name)
    }
  })

  test('of an output begins with the prefix of its task, and with that of no other', () => {
    const name = outputObjectName(id, 'token', 'league.mp4')
    assert.equal(name, `outputs/${id}/token/league.mp4`)
    assert.ok(name.startsWith(outputPrefix(id)))
    assert.ok(!name.startsWith(outputPrefix(id.slice(0, -1))))
  })
})

const failed = (fields: object) => Object.assign(new Error('failed'), fields)

describe('an error of the storage', () => {
  for (const code of [408, 429, 500, 502, 503, 504, '503', 'ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN']) {
    test(`with the code ${code} (${typeof code}) may be gone a little later`, () => {
      assert.equal(isStorageUnavailable(failed({ code })), true)
      assert.equal(isStorageUnavailable(new Error('outer', { cause: failed({ code }) })), true)
    })
  }

  test('that says no stays', () => {
    for (const code of [400, 401, 403, 404, 412, 'ENOENT']) assert.equal(isStorageUnavailable(failed({ code })), false)
    assert.equal(isStorageUnavailable('503'), false)
  })

  test('tells what is missing and what is not as expected, by number or text', () => {
    assert.deepEqual(
      [404, '404', 412].map((code) => isNotFound(failed({ code }))),
      [true, true, false],
    )
    assert.deepEqual(
      [412, '412', 404].map((code) => isPreconditionFailed(failed({ code }))),
      [true, true, false],
    )
  })
})
