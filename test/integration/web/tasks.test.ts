import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { outputObjectName, sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import { taskStatuses } from '@reelway/shared/task-status.ts'
import { taskSchema } from '@reelway/web/tasks/task-schema.ts'
import { z } from 'zod'
import { type Answer, assertInvalid, assertProblem, callerOf, taskIn } from '../../support/call.ts'
import { jobsOf, newJob, newTask } from '../../support/rows.ts'
import { startTestWeb } from '../../support/web.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const { token, userId } = await web.newAccount()

const get = (id: string, headers: Record<string, string> = {}) => call('GET', `/api/tasks/${id}`, { token, headers })

describe('a task', () => {
  test('of another user does not exist, on every route', async () => {
    const stranger = await web.newAccount()
    const task = await newTask(web.db, userId, { status: 'queued', sourceGeneration: '1' })
    await newJob(web.db, task.id)
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/upload-url'],
      ['POST', '/uploaded'],
      ['POST', '/cancel'],
      ['POST', '/retry'],
    ] as const) {
      assertProblem(await call(method, `/api/tasks/${task.id}${path}`, { token: stranger.token }), 'task_not_found')
    }
    assert.equal(taskIn(await get(task.id)).status, 'queued')
    assert.equal((await jobsOf(web.db, task.id))[0]?.status, 'queued')
  })

  test('that has not changed is answered by 304 without a body, and one that has by 200', async () => {
    const { id } = await newTask(web.db, userId)
    const first = await get(id)
    const etag = first.headers.get('etag') ?? ''
    assert.match(etag, /^"[\w-]+"$/)
    assert.equal(first.headers.get('cache-control'), 'private, no-cache')
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get(id, { 'if-none-match': known })
      assert.deepEqual([again.status, again.text, again.headers.get('etag')], [304, '', etag])
    }
    await web.db.updateTable('tasks').set({ progress: 0.5 }).where('id', '=', id).execute()
    const changed = await get(id, { 'if-none-match': etag })
    assert.equal(taskIn(changed).progress, 0.5)
    assert.notEqual(changed.headers.get('etag'), etag)
  })

  test('that failed tells its code and the sentence with its values', async () => {
    const { id } = await newTask(web.db, userId, {
      status: 'failed',
      errorCode: 'video_too_long',
      errorParameters: JSON.stringify({ estimateSeconds: 700, limitSeconds: 300 }),
    })
    const { error } = taskIn(await get(id))
    assert.equal(error?.code, 'video_too_long')
    assert.match(error?.message ?? '', /about 700 s, and one conversion may take 300 s/)
  })

  for (const status of taskStatuses) {
    const cancellable = ['awaiting_upload', 'queued', 'processing'].includes(status)
    test(`that is ${status} ${cancellable ? 'can' : 'cannot'} be cancelled`, async () => {
      const { id } = await newTask(web.db, userId, { status })
      const answer = await call('POST', `/api/tasks/${id}/cancel`, { token })
      if (cancellable) assert.equal(taskIn(answer).status, 'cancelled')
      else assert.ok(assertProblem(answer, 'task_state_conflict').detail.startsWith(`The task is ${status}. Only`))
    })

    const retriable = ['failed', 'cancelled'].includes(status)
    test(`that is ${status} ${retriable ? 'can' : 'cannot'} be retried`, async () => {
      const { id } = await newTask(web.db, userId, { status, sourceGeneration: '1' })
      await web.publishedJobs()
      const answer = await call('POST', `/api/tasks/${id}/retry`, { token })
      const published = await web.publishedJobs()
      if (retriable) assert.equal(taskIn(answer).status, 'queued')
      else assert.ok(assertProblem(answer, 'task_state_conflict').detail.startsWith(`The task is ${status}. Only`))
      assert.deepEqual(
        published,
        (await jobsOf(web.db, id)).map((job) => job.id),
      )
      assert.equal(published.length, retriable ? 1 : 0)
    })
  }

  test('whose upload never arrived cannot be retried, and says why', async () => {
    const { id } = await newTask(web.db, userId, { status: 'cancelled' })
    const answer = await call('POST', `/api/tasks/${id}/retry`, { token })
    assert.match(assertProblem(answer, 'task_state_conflict').detail, /Its upload never arrived: create a new task\./)
  })

  test('that is deleted is gone on every route, with its upload and all its outputs', async () => {
    const { id } = await newTask(web.db, userId, { status: 'completed', sourceGeneration: '1' })
    const neighbour = await newTask(web.db, userId)
    const { uploads, outputs } = web.deps
    await uploads.file(sourceObjectName(id)).save('upload')
    for (const attempt of [randomUUID(), randomUUID()])
      await outputs.file(outputObjectName(id, attempt, 'a.mp4')).save('x')
    await uploads.file(sourceObjectName(neighbour.id)).save('upload')
    const deleted = await call('DELETE', `/api/tasks/${id}`, { token })
    assert.deepEqual([deleted.status, deleted.text], [204, ''])
    assert.deepEqual((await outputs.getFiles())[0], [])
    assert.deepEqual(
      (await uploads.getFiles())[0].map(({ name }) => name),
      [sourceObjectName(neighbour.id)],
    )
    assertProblem(await get(id), 'task_not_found')
    assertProblem(await call('DELETE', `/api/tasks/${id}`, { token }), 'task_not_found')
    assertProblem(await call('POST', `/api/tasks/${id}/cancel`, { token }), 'task_not_found')
  })
})

describe('the list of tasks', () => {
  const listed = z.strictObject({ data: z.array(taskSchema), nextCursor: z.string().nullable() })
  const listIn = (answer: Answer) => {
    assert.equal(answer.status, 200, answer.text)
    return listed.parse(JSON.parse(answer.text))
  }
  const list = (query: string, as = token) => call('GET', `/api/tasks?${query}`, { token: as })

  test('leads from page to page until the cursor is null', async () => {
    const owner = await web.newAccount()
    const made: string[] = []
    for (let count = 0; count < 5; count += 1) made.push((await newTask(web.db, owner.userId)).id)
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = listIn(await list(`limit=2&order=oldest${cursor === '' ? '' : `&cursor=${cursor}`}`, owner.token))
      seen.push(...page.data.map((task) => task.id))
      cursor = page.nextCursor
    }
    assert.deepEqual(seen.toSorted(), made.toSorted())
    const whole = listIn(await list('limit=5', owner.token))
    assert.deepEqual(
      whole.data.map((task) => task.id),
      seen.toReversed(),
    )
    assert.equal(whole.nextCursor, null)
    assert.deepEqual(listIn(await list('status=failed', owner.token)), { data: [], nextCursor: null })
  })

  test('names its next page in a Link, with everything else that was asked for, and none at its end', async () => {
    const owner = await web.newAccount()
    for (let count = 0; count < 3; count += 1) await newTask(web.db, owner.userId, { status: 'failed' })
    const first = await list('limit=2&order=oldest&status=failed', owner.token)
    const { nextCursor } = listIn(first)
    assert.equal(
      first.headers.get('link'),
      `</api/tasks?limit=2&order=oldest&status=failed&cursor=${nextCursor}>; rel="next"`,
    )
    const second = await list(`limit=2&order=oldest&status=failed&cursor=${nextCursor}`, owner.token)
    assert.equal(listIn(second).data.length, 1)
    assert.equal(second.headers.get('link'), null)
  })

  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  for (const [query, pointers] of [
    ['limit=0', ['/limit']],
    ['limit=101', ['/limit']],
    ['limit=1.5', ['/limit']],
    ['limit=many', ['/limit']],
    ['limit=', ['/limit']],
    ['limit=1&limit=2', ['/limit']],
    ['order=random', ['/order']],
    ['status=lost', ['/status']],
    ['page=2', ['/page']],
    ['cursor=', ['/cursor']],
    ['cursor=x', ['/cursor']],
    [`cursor=${encode(['2026-01-01T00:00:00.000Z', 'x'])}`, ['/cursor']],
    [`cursor=${encode(['yesterday', randomUUID()])}`, ['/cursor']],
    [`cursor=${encode({})}`, ['/cursor']],
    ['limit=x&order=y&status=z&cursor=!', ['/cursor', '/limit', '/order', '/status']],
  ] as const) {
    test(`refuses ${query}`, async () => {
      assertInvalid(await list(query), [...pointers])
    })
  }

  test('takes a cursor of any time without failing', async () => {
    for (const time of ['0001-01-01T00:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z']) {
      listIn(await list(`cursor=${encode([time, randomUUID()])}`))
    }
  })
})
