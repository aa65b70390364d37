import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { NamedAsset } from '../../options/named-assets.ts'
import type { TaskStatus } from '../../task-status.ts'
import { lockNamedAssets } from '../assets/lock-named.ts'
import { type CreatedOnce, createOnce, type IdempotencyKey } from '../idempotency-keys/create-once.ts'
import type { Database } from '../schema.ts'
import type { AssetsRefused } from './create.ts'
import { findTask } from './find.ts'
import type { TaskRow } from './task-row.ts'

export type NewConversion = Pick<Insertable<Database['tasks']>, 'userId' | 'lane' | 'preset' | 'options'> & {
  /** the task whose upload is converted again */
  sourceTaskId: string
  traceparent: string | undefined
}

export type SourceRefused<Unsuited> =
  /** there is no such task of this user */
  | { kind: 'refused'; reason: 'no-source' }
  /** its upload was never accepted */
  | { kind: 'refused'; reason: 'no-upload'; status: TaskStatus }
  | ({ reason: 'assets' } & AssetsRefused)
  | { kind: 'refused'; reason: 'unsuited'; why: Unsuited }

/**
 * Makes a task that converts the upload of another one, whatever has become of that, and its job, once for each idempotency key. The other
 * task is held until the end of the transaction, so that whoever deletes it waits, and then sees that its upload is used. `checkSource` may
 * say why what is asked for does not suit what is known of the source. Of a chain of such tasks each names the one that brought the upload.
 */
export const createTaskFromSource = <Unsuited>(
  db: Kysely<Database>,
  conversion: NewConversion,
  {
    idempotencyKey,
    assets,
    checkSource,
  }: {
    idempotencyKey: IdempotencyKey | undefined
    assets: readonly NamedAsset[]
    checkSource: (source: TaskRow) => Unsuited | undefined
  },
): Promise<CreatedOnce<TaskRow, SourceRefused<Unsuited>>> =>
  createOnce<TaskRow, SourceRefused<Unsuited>>(db, conversion.userId, idempotencyKey, {
    column: 'taskId',
    insert: async (trx) => {
      const source = await lockSource(trx, conversion)
      if (source === undefined) return { kind: 'refused', reason: 'no-source' }
      if (source.sourceGeneration === null) return { kind: 'refused', reason: 'no-upload', status: source.status }
      const why = checkSource(source)
      if (why !== undefined) return { kind: 'refused', reason: 'unsuited', why }
      const assetFaults = await lockNamedAssets(trx, conversion.userId, assets)
      if (assetFaults.length > 0) return { kind: 'refused', reason: 'assets', assetFaults }
      return { kind: 'inserted', row: await insertQueued(trx, conversion, source) }
    },
    find: (id) => findTask(db, id),
  })

const lockSource = (
  trx: Transaction<Database>,
  { userId, sourceTaskId }: NewConversion,
): Promise<TaskRow | undefined> =>
  trx
    .selectFrom('tasks')
    .selectAll()
    .where('id', '=', sourceTaskId)
    .where('userId', '=', userId)
    .where('deletedAt', 'is', null)
    .forShare()
    .executeTakeFirst()

const insertQueued = async (
  trx: Transaction<Database>,
  { userId, lane, preset, options, traceparent }: NewConversion,
  source: TaskRow,
): Promise<TaskRow> => {
  const { fileName, contentType, sizeBytes, uploadType, announcedCrc32c, sourceGeneration, sourceCrc32c } = source
  const task = await trx
    .insertInto('tasks')
    .values({
      ...{ userId, lane, preset, options },
      ...{ fileName, contentType, sizeBytes, uploadType, announcedCrc32c, sourceGeneration, sourceCrc32c },
      sourceTaskId: source.sourceTaskId ?? source.id,
      source: source.source === null ? null : JSON.stringify(source.source),
      status: 'queued',
      queuedAt: sql<Date>`now()`,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('jobs')
    .values({ taskId: task.id, kind: 'convert', traceparent: traceparent ?? null })
    .execute()
  return task
}
