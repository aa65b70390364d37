import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { outputObjectName, sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import { z } from 'zod'
import { assertInvalid, assertProblem, callerOf, createdIn } from '../../support/call.ts'
import { jobsOf, newTask } from '../../support/rows.ts'
import { startTestWeb } from '../../support/web.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const { token, userId } = await web.newAccount()

const again = (sourceTaskId: unknown, fields: object = {}, headers: Record<string, string> = {}, as = token) =>
  call('POST', '/api/tasks', { token: as, headers, json: { sourceTaskId, preset: 'mp4-720p', ...fields } })

/** A completed task with an upload and a result that are there. */
const newSource = async (): Promise<TaskRow> => {
  const task = await newTask(web.db, userId, { status: 'completed', sourceGeneration: '1' })
  await web.deps.uploads.file(sourceObjectName(task.id)).save('upload')
  await web.deps.outputs.file(outputObjectName(task.id, randomUUID(), 'a.mp4')).save('result')
  const [{ generation }] = await web.deps.uploads.file(sourceObjectName(task.id)).getMetadata()
  return await web.db
    .updateTable('tasks')
    .set({ sourceGeneration: String(generation) })
    .where('id', '=', task.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}
const hasUpload = async ({ id }: { id: string }) => (await web.deps.uploads.file(sourceObjectName(id)).exists())[0]
const remove = ({ id }: { id: string }) => call('DELETE', `/api/tasks/${id}`, { token })

describe('POST /api/tasks with a sourceTaskId', () => {
  test('queues and publishes a task that needs no upload', async () => {
    const source = await newSource()
    await web.publishedJobs()
    const answer = await again(source.id)
    const { task, upload } = createdIn(answer)
    assert.equal(upload, null)
    assert.equal(answer.headers.get('location'), `/api/tasks/${task.id}`)
    assert.deepEqual(
      [task.status, task.sourceTaskId, task.preset, task.fileName, task.sizeBytes],
      ['queued', source.id, 'mp4-720p', source.fileName, source.sizeBytes],
    )
    assert.deepEqual(
      await web.publishedJobs(),
      (await jobsOf(web.db, task.id)).map(({ id }) => id),
    )
    const listed = await call('GET', `/api/tasks?sourceTaskId=${source.id}`, { token })
    const { data } = z.object({ data: z.array(z.object({ id: z.string() })) }).parse(JSON.parse(listed.text))
    assert.deepEqual(
      data.map(({ id }) => id),
      [task.id],
    )
  })

  test('refuses what belongs to an upload, and what is no id', async () => {
    const source = await newSource()
    const file = {
      fileName: 'clip.mp4',
      contentType: 'video/mp4',
      sizeBytes: 1,
      uploadType: 'single',
      crc32c: 'AAAAAA==',
    }
    assertInvalid(
      await again(source.id, file),
      Object.keys(file).map((name) => `/${name}`),
    )
    for (const id of ['', 'x', null, 7, {}]) assertInvalid(await again(id), ['/sourceTaskId'])
    assertInvalid(await again(source.id, { preset: 'vhs' }), ['/preset'])
    assertInvalid(await again(source.id, { options: { rotate: 45 } }), ['/options/rotate'])
  })

  test("refuses a task that is not there, deleted, or somebody else's, in the same words", async () => {
    const [source, deleted] = [await newSource(), await newSource()]
    await remove(deleted)
    const stranger = await web.newAccount()
    const answers = await Promise.all([
      again(randomUUID()),
      again(deleted.id),
      again(source.id, {}, {}, stranger.token),
    ])
    for (const answer of answers) assertInvalid(answer, ['/sourceTaskId'])
    assert.equal(new Set(answers.map((answer) => assertProblem(answer, 'invalid_input').errors?.[0]?.detail)).size, 1)
    const made = await web.db.selectFrom('tasks').select('id').where('userId', '=', stranger.userId).execute()
    assert.deepEqual(made, [])
  })

  test('refuses a task without an upload, and says what to do', async () => {
    const [waiting, cancelled] = [await newTask(web.db, userId), await newTask(web.db, userId, { status: 'cancelled' })]
    assert.match(
      assertProblem(await again(waiting.id), 'task_state_conflict').detail,
      /awaiting_upload\. Upload its file/,
    )
    assert.match(assertProblem(await again(cancelled.id), 'task_state_conflict').detail, /cancelled\. Its upload never/)
  })

  test('refuses at once what is not in a video that has been looked at, and only that', async () => {
    const source = await newSource()
    const trimmed = (startSeconds: number) => again(source.id, { options: { trim: { startSeconds } } })
    createdIn(await trimmed(3))
    const video = { container: 'mov', durationSeconds: 2.5, width: 320, height: 180, frameRate: 25, videoCodec: 'h264' }
    const summary = { ...video, audioCodec: null, audioChannels: null, audioSampleRateHz: null }
    await web.db
      .updateTable('tasks')
      .set({ source: JSON.stringify(summary) })
      .where('id', '=', source.id)
      .execute()
    assert.match(assertProblem(await trimmed(2.5), 'trim_outside_video').detail, /begin at 2\.5 s, .* ends at 2\.5 s/)
    createdIn(await trimmed(2.4))
    assertProblem(await again(source.id, { preset: 'mp3' }), 'no_sound')
    const cropped = (rotate: number) =>
      again(source.id, { options: { rotate, crop: { x: 0, y: 0, width: 180, height: 320 } } })
    createdIn(await cropped(90))
    assert.match(assertProblem(await cropped(180), 'crop_outside_picture').detail, /320x180 .* reaches to 180x320/)
  })

  test('answers a repeated request with the same task, also when the source is deleted by then', async () => {
    const source = await newSource()
    const headers = { 'idempotency-key': randomUUID() }
    const first = createdIn(await again(source.id, {}, headers))
    await remove(source)
    const repeated = await again(source.id, {}, headers)
    assert.equal(createdIn(repeated).task.id, first.task.id)
    assert.equal(repeated.headers.get('idempotent-replayed'), 'true')
    assertProblem(await again(source.id, { preset: 'league' }, headers), 'idempotency_key_reused')
  })

  test('makes a task that can be cancelled, retried and deleted as any other', async () => {
    const source = await newSource()
    const { task } = createdIn(await again(source.id))
    for (const [step, status] of [
      ['cancel', 'cancelled'],
      ['retry', 'queued'],
    ] as const) {
      const answer = await call('POST', `/api/tasks/${task.id}/${step}`, { token })
      assert.equal(z.object({ status: z.string() }).parse(JSON.parse(answer.text)).status, status)
    }
    assertProblem(await call('POST', `/api/tasks/${task.id}/upload-url`, { token }), 'task_state_conflict')
    assert.equal((await remove(task)).status, 204)
    assert.equal(await hasUpload(source), true, 'the upload is not its own')
  })
})

describe('deleting a task whose upload others convert', () => {
  test('removes its results at once, and the upload with the last of them', async () => {
    const source = await newSource()
    const [first, second] = [createdIn(await again(source.id)).task, createdIn(await again(source.id)).task]
    await remove(source)
    const [results] = await web.deps.outputs.getFiles({ prefix: `outputs/${source.id}` })
    assert.deepEqual([results.length, await hasUpload(source)], [0, true])
    await remove(first)
    assert.equal(await hasUpload(source), true)
    const third = createdIn(await again(second.id)).task
    await remove(second)
    assert.equal(await hasUpload(source), true)
    await remove(third)
    assert.equal(await hasUpload(source), false)
  })
})
