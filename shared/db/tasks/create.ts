import type { Insertable, Kysely } from 'kysely'
import type { NamedAsset } from '../../options/named-assets.ts'
import { type AssetFault, lockNamedAssets } from '../assets/lock-named.ts'
import { type CreatedOnce, createOnce, type IdempotencyKey } from '../idempotency-keys/create-once.ts'
import type { Database } from '../schema.ts'
import { findTask } from './find.ts'
import type { TaskRow } from './task-row.ts'

export type NewTask = Pick<
  Insertable<Database['tasks']>,
  'userId' | 'lane' | 'preset' | 'options' | 'fileName' | 'contentType' | 'sizeBytes' | 'uploadType' | 'announcedCrc32c'
>

export type AssetsRefused = { kind: 'refused'; assetFaults: AssetFault[] }

/**
 * Makes a task that waits for its upload, once for each idempotency key. `assets`: what its options name. refused: one of them cannot
 * be used.
 */
export const createTask = (
  db: Kysely<Database>,
  newTask: NewTask,
  idempotencyKey: IdempotencyKey | undefined,
  assets: readonly NamedAsset[] = [],
): Promise<CreatedOnce<TaskRow, AssetsRefused>> =>
  createOnce<TaskRow, AssetsRefused>(db, newTask.userId, idempotencyKey, {
    column: 'taskId',
    insert: async (trx) => {
      const assetFaults = await lockNamedAssets(trx, newTask.userId, assets)
      if (assetFaults.length > 0) return { kind: 'refused', assetFaults }
      const row = await trx.insertInto('tasks').values(newTask).returningAll().executeTakeFirstOrThrow()
      return { kind: 'inserted', row }
    },
    find: (id) => findTask(db, id),
  })
