import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { beginWaiting, lastLook } from '../../support/begin-waiting.ts'
import { assertProblem, callerOf, taskIn } from '../../support/call.ts'
import { newTask } from '../../support/rows.ts'
import { startTestWeb } from '../../support/web.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const { token, userId } = await web.newAccount()

/** The answer to a GET that waits, and after how many milliseconds it came. */
const waitFor = async (id: string, prefer: string, headers: Record<string, string> = {}, signal?: AbortSignal) => {
  const start = performance.now()
  const answer = await call('GET', `/api/tasks/${id}`, {
    token,
    headers: { prefer, ...headers },
    ...(signal !== undefined && { signal }),
  })
  return { answer, millis: performance.now() - start }
}

const processing = async () => (await newTask(web.db, userId, { status: 'processing' })).id

const changed = (id: string, progress = 0.5) =>
  web.db.updateTable('tasks').set({ progress }).where('id', '=', id).execute()

describe('Prefer: wait', () => {
  test('answers soon after the task changes, long before the limit', async () => {
    const id = await processing()
    const waiting = await beginWaiting(web.db, () => waitFor(id, 'wait=30'))
    await changed(id)
    const { answer, millis } = await waiting.answer
    assert.equal(taskIn(answer).progress, 0.5)
    assert.equal(answer.headers.get('preference-applied'), 'wait=30')
    assert.ok(millis < 20_000, String(millis))
  })

  test('answers at the limit when nothing changes', async () => {
    const { answer, millis } = await waitFor(await processing(), 'respond-async, wait=1')
    assert.equal(taskIn(answer).progress, 0)
    assert.ok(millis >= 990, String(millis))
  })

  test('answers a task that has not changed at the limit with 304', async () => {
    const id = await processing()
    const etag = (await call('GET', `/api/tasks/${id}`, { token })).headers.get('etag') ?? ''
    const { answer, millis } = await waitFor(id, 'wait=1', { 'if-none-match': etag })
    assert.equal(answer.status, 304)
    assert.ok(millis >= 990, String(millis))
  })

  test('answers at once when the task differs from what the client knows', async () => {
    const { answer, millis } = await waitFor(await processing(), 'wait=30', { 'if-none-match': '"old"' })
    assert.equal(answer.status, 200)
    assert.ok(millis < 20_000, String(millis))
  })

  for (const status of ['completed', 'failed', 'cancelled', 'expired'] as const) {
    test(`answers at once when the task is ${status}`, async () => {
      const { id } = await newTask(web.db, userId, { status })
      const { answer, millis } = await waitFor(id, 'wait=30')
      assert.equal(taskIn(answer).status, status)
      assert.ok(millis < 20_000, String(millis))
    })
  }

  test('answers when the task is deleted', async () => {
    const id = await processing()
    const waiting = await beginWaiting(web.db, () => waitFor(id, 'wait=30'))
    await call('DELETE', `/api/tasks/${id}`, { token })
    assertProblem((await waiting.answer).answer, 'task_not_found')
  })

  test('is limited to a minute, and nonsense is no preference', async () => {
    const { id } = await newTask(web.db, userId, { status: 'completed' })
    const applied = async (prefer: string) => (await waitFor(id, prefer)).answer.headers.get('preference-applied')
    assert.equal(await applied('wait=3600'), 'wait=60')
    for (const prefer of ['wait=soon', 'wait=-1', 'wait', 'waiting=5']) assert.equal(await applied(prefer), null)
  })

  test('asks the database no more once the client is gone', async () => {
    const id = await processing()
    const leaving = new AbortController()
    const waiting = await beginWaiting(web.db, () => waitFor(id, 'wait=30', {}, leaving.signal))
    leaving.abort()
    await assert.rejects(waiting.answer, { name: 'AbortError' })
    // It may notice late, but from then on it does not look again whatever changes.
    for (let times = 1; ; times += 1) {
      const before = await lastLook(web.db)
      await changed(id, times / 100)
      await sleep(1_200)
      if ((await lastLook(web.db)) === before) break
      assert.ok(times < 20, 'it still looks')
    }
  })
})

// Last: nothing waits any more after it.
test('a GET that waits is answered when the service is asked to stop, and so is every later one', async () => {
  const id = await processing()
  const waiting = await beginWaiting(web.db, () => waitFor(id, 'wait=60'))
  web.stop()
  const first = await waiting.answer
  assert.equal(taskIn(first.answer).status, 'processing')
  assert.ok(first.millis < 30_000, String(first.millis))
  const second = await waitFor(id, 'wait=60')
  assert.equal(taskIn(second.answer).status, 'processing')
  assert.ok(second.millis < 30_000, String(second.millis))
})
