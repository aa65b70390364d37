import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { IDBFactory } from 'fake-indexeddb'
import { openUploadStore } from '../../../../../services/web/page/upload/open-upload-store.ts'
import type { UploadRecord } from '../../../../../services/web/page/upload/upload-record.ts'

const record = (id: string, changes: Partial<UploadRecord> = {}): UploadRecord => ({
  id,
  userId: 'ana',
  idempotencyKey: `key-${id}`,
  taskId: null,
  sessionUri: null,
  fileName: `${id}.mp4`,
  contentType: 'video/mp4',
  sizeBytes: 1,
  fingerprint: { head: 'AAAAAA==', tail: 'AAAAAA==' },
  handle: null,
  choice: { preset: 'mp4-720p', options: {} },
  addedAtMillis: 0,
  ...changes,
})

for (const [title, factory] of [
  ['in IndexedDB', () => new IDBFactory()],
  ['in memory, where there is no IndexedDB', () => undefined],
] as const) {
  describe(`the store of uploads ${title}`, () => {
    test('keeps what changed last, for its user alone, until it is forgotten', async () => {
      const store = openUploadStore<UploadRecord>(factory(), 'reelway')
      await store.keep(record('one'))
      await store.keep(record('one', { sessionUri: 'session', taskId: 'task' }))
      await store.keep(record('hers', { userId: 'eva' }))
      assert.deepEqual(await store.list('ana'), [record('one', { sessionUri: 'session', taskId: 'task' })])
      await store.forget('one')
      await store.forget('one')
      assert.deepEqual(await store.list('ana'), [])
      assert.deepEqual(await store.list('eva'), [record('hers', { userId: 'eva' })])
    })
  })
}

test('what was kept is there after a reload, the oldest first', async () => {
  const factory = new IDBFactory()
  const before = openUploadStore<UploadRecord>(factory, 'reelway')
  await before.keep(record('a', { addedAtMillis: 2 }))
  await before.keep(record('b', { addedAtMillis: 1 }))
  const after = openUploadStore<UploadRecord>(factory, 'reelway')
  assert.deepEqual(
    (await after.list('ana')).map(({ id }) => id),
    ['b', 'a'],
  )
})

test('a database that cannot be opened costs the memory, not the upload', async () => {
  const broken = new IDBFactory()
  broken.open = () => {
    throw new Error('not in this window')
  }
  const store = openUploadStore<UploadRecord>(broken, 'reelway')
  await store.keep(record('one'))
  assert.equal((await store.list('ana')).length, 1)
})
