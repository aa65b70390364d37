import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findInterrupted } from '../../../../../services/web/page/upload/find-interrupted.ts'
import { fingerprintFile } from '../../../../../services/web/page/upload/fingerprint-file.ts'

const MIB = 1024 * 1024
const bytes = (size: number, seed: number) => Uint8Array.from({ length: size }, (_, at) => (at * seed) % 251)
const record = async (fileName: string, content: Uint8Array<ArrayBuffer>) => ({
  fileName,
  sizeBytes: content.length,
  fingerprint: await fingerprintFile(new Blob([content])),
})
const given = async (name: string, content: Uint8Array<ArrayBuffer>) => ({
  name,
  size: content.length,
  fingerprint: await fingerprintFile(new Blob([content])),
})

test('the same file is recognised, also by another name, and another with the same name and size is not', async () => {
  const content = bytes(3 * MIB, 7)
  const records = [await record('flight.mp4', content)]
  assert.equal(findInterrupted(records, await given('flight.mp4', content)), records[0])
  assert.equal(findInterrupted(records, await given('flight (1).mp4', content)), records[0])
  assert.equal(findInterrupted(records, await given('flight.mp4', bytes(3 * MIB, 11))), undefined)
  assert.equal(findInterrupted(records, await given('flight.mp4', content.subarray(1))), undefined)
  const otherEnd = content.slice()
  otherEnd[otherEnd.length - 1] = 1
  assert.equal(findInterrupted(records, await given('flight.mp4', otherEnd)), undefined)
})

test('of two uploads of the same content the one of the same name goes on', async () => {
  const content = bytes(10, 3)
  const records = [await record('one.mp4', content), await record('two.mp4', content)]
  assert.equal(findInterrupted(records, await given('two.mp4', content)), records[1])
})
