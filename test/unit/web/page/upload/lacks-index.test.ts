import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { lacksIndex } from '../../../../../services/web/page/upload/lacks-index.ts'
import { makeVideo } from '../../../../videos/make-video.ts'

const box = (type: string, contentBytes: number, announcedBytes = 8 + contentBytes): Buffer<ArrayBuffer> => {
  const made = Buffer.alloc(8 + contentBytes)
  made.writeUInt32BE(announcedBytes)
  made.write(type, 4, 'latin1')
  return made
}
const isBroken = (...boxes: Buffer<ArrayBuffer>[]) => lacksIndex(new Blob(boxes))

test('a recording that broke off before its index is found out by the heads of its boxes', async () => {
  assert.equal(await isBroken(box('ftyp', 16), box('mdat', 100, 1_000_000)), true)
  assert.equal(await isBroken(box('ftyp', 16), box('mdat', 100)), true)
  assert.equal(await isBroken(box('ftyp', 16), box('mdat', 100, 0)), true)
  assert.equal(await isBroken(box('ftyp', 16), Buffer.from([0, 0, 1])), true)
})

test('a file with its index anywhere, or made of fragments, is taken', async () => {
  assert.equal(await isBroken(box('ftyp', 16), box('moov', 10), box('mdat', 10, 1_000)), false)
  assert.equal(await isBroken(box('wide', 0), box('mdat', 100), box('moov', 10)), false)
  assert.equal(await isBroken(box('ftyp', 16), box('moof', 10)), false)
})

test('an index behind more than 4 GiB is found by a size of 64 bits', async () => {
  const large = Buffer.concat([box('mdat', 100, 1), box('moov', 10)])
  large.writeBigUInt64BE(108n, 8)
  assert.equal(await lacksIndex(new Blob([large])), false)
  large.writeBigUInt64BE(5_000_000_000n, 8)
  assert.equal(await lacksIndex(new Blob([large])), true)
})

test('nothing is said of files of other kinds, or that are damaged otherwise', async () => {
  assert.equal(await lacksIndex(new Blob(['RIFF\x10\0\0\0AVI LIST'])), false)
  assert.equal(await isBroken(box('ftyp', 16), box('\0\0\0\0', 16)), false)
  assert.equal(await lacksIndex(new Blob([])), false)
})

test('half of a real file is found out, and the whole is not', async () => {
  const video = await readFile(await makeVideo('plain'))
  const indexAt = video.indexOf('moov')
  const mediaAt = video.indexOf('mdat')
  assert.equal(await lacksIndex(new Blob([video])), false)
  if (mediaAt < indexAt) assert.equal(await lacksIndex(new Blob([video.subarray(0, indexAt - 4)])), true)
})
