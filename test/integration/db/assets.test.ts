import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { acceptAsset } from '@reelway/shared/db/assets/accept.ts'
import { expireAsset, listAbandonedAssets } from '@reelway/shared/db/assets/expire.ts'
import { findReadyAssets } from '@reelway/shared/db/assets/find.ts'
import { listPurgeableAssets, purgeAsset } from '@reelway/shared/db/assets/purge.ts'
import { removeAsset } from '@reelway/shared/db/assets/remove.ts'
import { createTask } from '@reelway/shared/db/tasks/create.ts'
import { namedAssets } from '@reelway/shared/options/named-assets.ts'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { sql } from 'kysely'
import { openTestDatabase } from '../../support/database.ts'
import { newAsset, newTask, newUser } from '../../support/rows.ts'

const { db } = await openTestDatabase({ poolSize: 20 })

beforeEach(async () => {
  await sql`truncate parts, jobs, tasks, idempotency_keys, outputs, assets`.execute(db)
})

const ready = { status: 'ready', generation: '1', crc32c: 'AAAAAA==' } as const
const daysAgo = (days: number) => sql<Date>`now() - make_interval(days => ${days})`

const createNaming = (userId: string, options: object) => {
  const parsed = taskOptions.parse(options)
  const newTask = {
    userId,
    preset: 'mp4-720p',
    options: JSON.stringify(parsed),
    fileName: 'clip.mp4',
    contentType: 'video/mp4',
    sizeBytes: 1000,
    uploadType: 'single' as const,
    announcedCrc32c: null,
  }
  return createTask(db, newTask, undefined, namedAssets(parsed))
}

describe('a task that names assets', () => {
  test('is made when they are ready, of the right kind and the same user', async () => {
    const user = await newUser(db)
    const [picture, clip] = [await newAsset(db, user, ready), await newAsset(db, user, { ...ready, kind: 'clip' })]
    const options = {
      intro: { asset: clip.id },
      outro: { asset: picture.id },
      watermark: { asset: picture.id.toUpperCase() },
    }
    assert.equal((await createNaming(user, options)).kind, 'created')
  })

  test('is refused otherwise, with what is wrong with each, and not made', async () => {
    const user = await newUser(db)
    const clip = await newAsset(db, user, { ...ready, kind: 'clip' })
    const waiting = await newAsset(db, user)
    const foreign = await newAsset(db, await newUser(db), ready)
    const deleted = await newAsset(db, user, { ...ready, deletedAt: sql<Date>`now()` })
    const options = { intro: { asset: waiting.id }, outro: { asset: foreign.id }, watermark: { asset: clip.id } }
    assert.deepEqual(await createNaming(user, options), {
      kind: 'refused',
      assetFaults: [
        { option: 'intro', fault: 'not-ready' },
        { option: 'outro', fault: 'unknown' },
        { option: 'watermark', fault: 'wrong-kind' },
      ],
    })
    assert.equal((await createNaming(user, { intro: { asset: deleted.id } })).kind, 'refused')
    assert.deepEqual(await db.selectFrom('tasks').select('id').execute(), [])
  })

  test('and is made while its asset is deleted has it, or is refused', async () => {
    const kinds = new Set<string>()
    for (let round = 0; round < 30; round += 1) {
      const user = await newUser(db)
      const asset = await newAsset(db, user, ready)
      const [created, purgeable] = await Promise.all([
        createNaming(user, { intro: { asset: asset.id } }),
        removeAsset(db, user, asset.id).then(() => listPurgeableAssets(db, 10, asset.id)),
      ])
      kinds.add(created.kind)
      assert.deepEqual(purgeable, created.kind === 'created' ? [] : [asset.id], created.kind)
    }
    assert.ok(kinds.size > 0)
  })
})

describe('a deleted asset', () => {
  test('is purged when the last task that uses it has settled', async () => {
    const user = await newUser(db)
    const asset = await newAsset(db, user, ready)
    const task = await newTask(db, user, {
      status: 'processing',
      options: JSON.stringify({ outro: { asset: asset.id } }),
    })
    assert.deepEqual(await listPurgeableAssets(db, 10), [])
    await removeAsset(db, user, asset.id)
    assert.deepEqual(await listPurgeableAssets(db, 10), [])
    assert.equal((await findReadyAssets(db, user, [asset.id])).length, 1, 'batch still finds it')
    await db.updateTable('tasks').set({ status: 'failed' }).where('id', '=', task.id).execute()
    assert.deepEqual(await listPurgeableAssets(db, 10), [asset.id])
    await purgeAsset(db, asset.id)
    assert.deepEqual(await findReadyAssets(db, user, [asset.id]), [])
  })

  test('is purged only by its owner, and nothing else is', async () => {
    const asset = await newAsset(db, await newUser(db), ready)
    assert.equal(await removeAsset(db, await newUser(db), asset.id), false)
    await purgeAsset(db, asset.id)
    assert.equal((await db.selectFrom('assets').selectAll().execute()).length, 1)
  })

  test('takes no upload', async () => {
    const user = await newUser(db)
    const asset = await newAsset(db, user)
    await removeAsset(db, user, asset.id)
    assert.equal(await acceptAsset(db, asset.id, { generation: '1', crc32c: 'AAAAAA==' }), false)
  })
})

describe('an abandoned asset', () => {
  test('expires eight days after its last upload URL, unless its upload arrived', async () => {
    const user = await newUser(db)
    const old = await newAsset(db, user, { uploadSignedAt: daysAgo(9) })
    await newAsset(db, user, { uploadSignedAt: daysAgo(7) })
    await newAsset(db, user, { ...ready, uploadSignedAt: daysAgo(9) })
    assert.deepEqual(await listAbandonedAssets(db, 10), [old.id])
    await expireAsset(db, old.id)
    assert.deepEqual(await listAbandonedAssets(db, 10), [])
    assert.equal(await acceptAsset(db, old.id, { generation: '1', crc32c: 'AAAAAA==' }), false, 'too late')
    assert.deepEqual(await listPurgeableAssets(db, 10), [old.id], 'its object is found again, whatever dies')
    await purgeAsset(db, old.id)
    assert.equal((await db.selectFrom('assets').select('id').execute()).length, 2)
  })

  test('that gets its upload at the last moment stays', async () => {
    const user = await newUser(db)
    const asset = await newAsset(db, user, { uploadSignedAt: daysAgo(9) })
    assert.deepEqual(await listAbandonedAssets(db, 10), [asset.id])
    assert.equal(await acceptAsset(db, asset.id, { generation: '1', crc32c: 'AAAAAA==' }), true)
    await expireAsset(db, asset.id)
    assert.equal((await findReadyAssets(db, user, [asset.id])).length, 1)
    assert.deepEqual(await listPurgeableAssets(db, 10), [], 'it keeps its object')
  })
})
