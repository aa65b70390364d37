import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { encodeCrc32c as encodeLocal, extendCrc32c as extendLocal } from '@reelway/local/storage/crc32c.ts'
import { sumBlob } from '../../../../../services/web/page/probe/sum-blob.ts'

test("the sum is that of RFC 3720's examples and of Cloud Storage", async () => {
  const sum = (bytes: Uint8Array<ArrayBuffer>) => sumBlob(new Blob([bytes]))
  const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64')
  assert.equal(await sum(Buffer.from('123456789')), base64('e3069283'))
  assert.equal(await sum(new Uint8Array(32)), base64('8a9136aa'))
  assert.equal(await sum(new Uint8Array(32).fill(0xff)), base64('62a8ab43'))
  assert.equal(await sum(new Uint8Array()), base64('00000000'))
})

test('the sum of a file that is read in pieces is that of the whole, at every length', async () => {
  for (const length of [1, 15, 16, 17, 31, 33, 4 * 1024 * 1024 - 1, 4 * 1024 * 1024, 9 * 1024 * 1024 + 7]) {
    const bytes = Buffer.from(randomBytes(length))
    assert.equal(await sumBlob(new Blob([bytes])), encodeLocal(extendLocal(0, bytes)), String(length))
  }
})
