import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { openBare } from '../../support/bare-connection.ts'
import { assertProblem, callerOf, taskIn } from '../../support/call.ts'
import { completedTask } from '../../support/completed-task.ts'
import { type EventReader, type ReadEvent, readEvents } from '../../support/read-events.ts'
import { newTask } from '../../support/rows.ts'
import { untilSettled } from '../../support/until-settled.ts'
import { startTestWeb } from '../../support/web.ts'
import { withinAnHour } from '../../support/within-an-hour.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const opened: EventReader[] = []
after(() => Promise.all(opened.map((reader) => reader.close())))

const open = async (token: string, headers: Record<string, string> = {}): Promise<EventReader> => {
  const reader = await readEvents(`${web.url}/api/tasks/events`, { authorization: `Bearer ${token}`, ...headers })
  opened.push(reader)
  return reader
}
const openWhenThereIsRoom = async (token: string): Promise<EventReader> => {
  for (;;) {
    const reader = await open(token).catch((error: unknown) => {
      if (!(error instanceof assert.AssertionError)) throw error
    })
    if (reader !== undefined) return reader
    await sleep(50)
  }
}
const idOf = ({ data }: ReadEvent) => (typeof data === 'object' && data !== null && 'id' in data ? data.id : undefined)
const progressOf = ({ data }: ReadEvent) =>
  typeof data === 'object' && data !== null && 'progress' in data ? data.progress : undefined
const progress = (id: string, value: number) =>
  web.db.updateTable('tasks').set({ progress: value }).where('id', '=', id).execute()

describe('a stream of events', () => {
  test('begins with ready, and tells a change with exactly what GET answers, and a deletion', async () => {
    const { token, userId } = await web.newAccount()
    const { id } = await completedTask(web, userId, { fileName: 'clip.mp4', bytes: Buffer.from('result') })
    await untilSettled(web.db)
    await withinAnHour()
    const reader = await open(token)
    assert.match(reader.response.headers.get('content-type') ?? '', /^text\/event-stream/)
    assert.equal(reader.response.headers.get('cache-control'), 'no-store, no-transform')
    assert.equal(reader.response.headers.get('x-accel-buffering'), 'no')
    const ready = await reader.next()
    assert.deepEqual([ready.name, ready.data], ['ready', {}])
    assert.match(ready.id, /^\d+-\d+$/)
    await progress(id, 0.9)
    const { name, data } = await reader.next()
    assert.equal(name, 'task')
    assert.deepEqual(data, taskIn(await call('GET', `/api/tasks/${id}`, { token })))
    await call('DELETE', `/api/tasks/${id}`, { token })
    const removed = await reader.next()
    assert.deepEqual([removed.name, removed.data], ['task-removed', { id }])
  })

  test('tells nothing of what others have, and a new task to all streams of its owner', async () => {
    const [ana, ben] = [await web.newAccount(), await web.newAccount()]
    const [first, second, his] = [await open(ana.token), await open(ana.token), await open(ben.token)]
    const { id } = await newTask(web.db, ana.userId)
    for (const reader of [first, second]) assert.equal(idOf(await reader.next(({ name }) => name === 'task')), id)
    const own = await newTask(web.db, ben.userId)
    await his.next((event) => idOf(event) === own.id)
    assert.ok(his.events.every((event) => idOf(event) !== id))
  })

  test('tells the last of many quick changes, and few of those before', async () => {
    const { token, userId } = await web.newAccount()
    const { id } = await newTask(web.db, userId, { status: 'processing' })
    const reader = await open(token)
    for (let step = 1; step <= 50; step += 1) await progress(id, step / 50)
    await reader.next((event) => progressOf(event) === 1)
    assert.ok(reader.events.length < 50, String(reader.events.length))
  })

  test('that is opened again with the last id tells all that was missed, also what was removed', async () => {
    const { token, userId } = await web.newAccount()
    const [changed, removed] = [await newTask(web.db, userId), await newTask(web.db, userId)]
    const first = await open(token)
    const { id } = await first.next()
    await first.close()
    await progress(changed.id, 0.3)
    await call('DELETE', `/api/tasks/${removed.id}`, { token })
    const made = await newTask(web.db, userId)
    await untilSettled(web.db)
    const second = await open(token, { 'last-event-id': id })
    assert.equal((await second.next()).name, 'ready')
    const told = [await second.next(), await second.next(), await second.next()]
    assert.deepEqual(
      told.map((event) => [event.name, idOf(event)]),
      [
        ['task', changed.id],
        ['task-removed', removed.id],
        ['task', made.id],
      ],
    )
    // Whoever breaks off before the last one hears all of it again.
    assert.equal(told[0]?.id, id)
    assert.equal(told[1]?.id, id)
    assert.notEqual(told[2]?.id, id)
  })

  test('with an id that is unknown tells to load the list anew', async () => {
    const { token, userId } = await web.newAccount()
    await newTask(web.db, userId)
    for (const id of ['nonsense', '0-0', '1-5', '99999999999999999999']) {
      const reader = await open(token, { 'last-event-id': id })
      assert.equal((await reader.next()).name, 'ready')
      const reload = await reader.next()
      assert.deepEqual([reload.name, reload.data], ['reload', {}])
      await reader.close()
      const again = await open(token, { 'last-event-id': reload.id })
      const { id: made } = await newTask(web.db, userId)
      await again.next((event) => idOf(event) === made)
      await again.close()
    }
  })

  test('ends at once when its session is revoked, and no other does', async () => {
    const [ana, ben] = [await web.newAccount(), await web.newAccount()]
    const [hers, his] = [await open(ana.token), await open(ben.token)]
    await hers.next()
    await web.db.updateTable('sessions').set({ revokedAt: sql<Date>`now()` }).where('userId', '=', ana.userId).execute()
    await hers.ended
    const { id } = await newTask(web.db, ben.userId)
    assert.equal(idOf(await his.next(({ name }) => name === 'task')), id)
    assertProblem(await call('GET', '/api/tasks/events', { token: ana.token }), 'invalid_access_token')
  })

  test('is refused beyond twenty of one user, until one of them is closed', async () => {
    const { token } = await web.newAccount()
    const readers = await Promise.all(Array.from({ length: 20 }, () => open(token)))
    assertProblem(await call('GET', '/api/tasks/events', { token }), 'too_many_streams')
    await open((await web.newAccount()).token)
    await readers[0]?.close()
    assert.equal((await (await openWhenThereIsRoom(token)).next()).name, 'ready')
  })

  test('keeps little for a client that does not read, and tells it the rest when it does', async () => {
    const { token, userId } = await web.newAccount()
    const tasks = await Promise.all(
      Array.from({ length: 20 }, () => newTask(web.db, userId, { fileName: `${'x'.repeat(20_000)}.mp4` })),
    )
    const head = `GET /api/tasks/events HTTP/1.1\r\nhost: web\r\nauthorization: Bearer ${token}\r\n\r\n`
    const bare = await openBare(web.url, head, { reads: false })
    const witness = await open(token)
    for (let step = 1; step <= 40; step += 1) {
      await web.db
        .updateTable('tasks')
        .set({ progress: step / 40 })
        .where('userId', '=', userId)
        .execute()
      await witness.next((event) => idOf(event) === tasks[0]?.id && progressOf(event) === step / 40)
    }
    let text = ''
    bare.socket.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    bare.socket.resume()
    const lastOf = (id: string) =>
      [...text.matchAll(/data: (\{.*\})\n/g)]
        .map(([, data = '']) => JSON.parse(data))
        .findLast((task) => task.id === id)
    while (!tasks.every(({ id }) => lastOf(id)?.progress === 1)) await sleep(100)
    bare.socket.destroy()
    // 20 tasks x 40 steps x 20 KB would be 16 MB.
    assert.ok(text.length < 12_000_000, String(text.length))
  })

  test('needs a log-in, takes the cookie of a browser, and answers HEAD and other methods at once', async () => {
    const { token } = await web.newAccount()
    assertProblem(await call('GET', '/api/tasks/events'), 'unauthenticated')
    assert.equal((await call('HEAD', '/api/tasks/events', { token })).status, 200)
    assertProblem(await call('POST', '/api/tasks/events', { token }), 'method_not_allowed')
  })
})

// Last: no stream stays open after it.
test('every stream ends when the service is asked to stop, and so does one that is opened then', async () => {
  const { token } = await web.newAccount()
  const readers = [await open(token), await open(token)]
  web.stop()
  for (const reader of readers) await reader.ended
  await (await open(token)).ended
})
