import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Told, tellUpload } from '../../../../../services/web/page/upload/tell-upload.ts'

type Upload = Parameters<typeof tellUpload>[0]

const sizeBytes = 100
const sending = (sentBytes: number): Upload => ({
  status: { kind: 'sending' },
  choiceFault: undefined,
  sentBytes,
  sizeBytes,
})
const failed: Upload = { ...sending(40), status: { kind: 'failed', failure: { kind: 'unreadable' } } }
const silent: Upload = { ...sending(40), choiceFault: { kind: 'no-sound' } }

test('a choice that does not fit is said again when it comes back, and how far the upload is only once', () => {
  assert.deepEqual(said([sending(10), sending(30), silent, silent, sending(40), silent, sending(60)]), [
    'started',
    'quarter',
    'no-sound',
    'no-sound',
    'half',
  ])
})

test('another reason why a choice does not fit is said, too', () => {
  const tooLong: Upload = { ...silent, choiceFault: { kind: 'too-long', limitSeconds: 60 } }
  assert.deepEqual(said([silent, tooLong]), ['no-sound', 'too-long'])
})

test('the upload is said to have begun and to be whole though its choice does not fit meanwhile', () => {
  const begun = { ...silent, sentBytes: 10 }
  const done: Upload = { ...sending(100), status: { kind: 'done' } }
  assert.deepEqual(said([begun, begun, { ...silent, sentBytes: 80 }, done, done]), [
    'no-sound',
    'started',
    'three-quarters',
    'finished',
  ])
})

test('what failed is said though its choice does not fit, and begins anew', () => {
  assert.deepEqual(said([sending(40), { ...failed, choiceFault: { kind: 'no-sound' } }, failed, sending(0), failed]), [
    'quarter',
    'failed',
    'started',
    'failed',
  ])
})

const said = (uploads: Upload[]) => {
  let told: Told | undefined
  return uploads.flatMap((upload) => {
    const next = tellUpload(upload, told)
    told = next.told
    return next.news ?? []
  })
}
