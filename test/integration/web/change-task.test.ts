import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { assertInvalid, assertProblem, callerOf, createdIn, taskIn } from '../../support/call.ts'
import { taskRow } from '../../support/rows.ts'
import { checksumOf, sendUpload } from '../../support/send-upload.ts'
import { startTestWeb } from '../../support/web.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const { token } = await web.newAccount()
const file = Buffer.from(randomBytes(300_000))

const create = async () => {
  const json = { fileName: 'clip.mp4', contentType: 'video/mp4', sizeBytes: file.length, preset: 'mp4-720p' }
  const { task, upload } = createdIn(await call('POST', '/api/tasks', { token, json }))
  assert.ok(upload)
  return { task, upload }
}

const change = (taskId: string, json: object, as = token) => call('PATCH', `/api/tasks/${taskId}`, { token: as, json })

test('a task that waits for its upload takes another preset with its options, and keeps what was not named', async () => {
  const { task } = await create()
  const options = { trim: { startSeconds: 1, durationSeconds: 2, atKeyframes: false } }
  const changed = taskIn(await change(task.id, { preset: 'webm-720p', options }))
  assert.deepEqual([changed.preset, changed.options], ['webm-720p', options])
  const announced = taskIn(await change(task.id, { crc32c: checksumOf(file) }))
  assert.deepEqual([announced.preset, announced.options], ['webm-720p', options])
  assert.deepEqual(taskIn(await change(task.id, { preset: 'mp3' })).options, {})
  assert.equal((await taskRow(web.db, task.id)).announcedCrc32c, checksumOf(file))
})

test('what is announced before the last byte counts, whoever says that the upload is there', async () => {
  const { task, upload } = await create()
  await change(task.id, { crc32c: checksumOf(file) })
  await sendUpload(upload, Buffer.from(randomBytes(file.length)))
  assertProblem(await call('POST', `/api/tasks/${task.id}/uploaded`, { token }), 'upload_checksum_mismatch')
})

test('nothing is changed by what a preset has not, by somebody else, or when the upload is there', async () => {
  const { task, upload } = await create()
  assertInvalid(await change(task.id, { preset: 'mp3', options: { rotate: 90 } }), ['/options/rotate'])
  assertInvalid(await change(task.id, { options: { rotate: 90 } }), ['/preset'])
  assertInvalid(await change(task.id, {}), [''])
  assertInvalid(await change(task.id, { preset: 'mp3', sizeBytes: 7 }), ['/sizeBytes'])
  const watermark = { asset: randomUUID() }
  assertInvalid(await change(task.id, { preset: 'mp4-720p', options: { watermark } }), ['/options/watermark/asset'])
  const other = await web.newAccount()
  assertProblem(await change(task.id, { preset: 'mp3' }, other.token), 'task_not_found')
  assert.deepEqual(taskIn(await call('GET', `/api/tasks/${task.id}`, { token })), task)

  await sendUpload(upload, file)
  taskIn(await call('POST', `/api/tasks/${task.id}/uploaded`, { token }))
  assertProblem(await change(task.id, { preset: 'mp3' }), 'task_state_conflict')
  assert.equal((await taskRow(web.db, task.id)).preset, 'mp4-720p')
})
