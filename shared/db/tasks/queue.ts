import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

export type SourceObject = { generation: string; crc32c: string }

/**
 * Queues a task whose upload has arrived, and makes its job, in one statement. Undefined: it does not wait for an upload any
 * more (somebody else was first, or it was cancelled, deleted or expired), or this upload was rejected.
 */
export const queueTask = async (
  db: Kysely<Database>,
  taskId: string,
  source: SourceObject,
  traceparent: string | undefined,
): Promise<{ jobId: string } | undefined> => {
  const job = await db
    .with('accepted', (qb) =>
      qb
        .updateTable('tasks')
        .set({
          status: 'queued',
          queuedAt: sql<Date>`now()`,
          sourceGeneration: source.generation,
          sourceCrc32c: source.crc32c,
          errorCode: null,
          errorParameters: null,
        })
        .where('id', '=', taskId)
        .where('deletedAt', 'is', null)
        .where('status', '=', 'awaiting_upload')
        .where(sql<boolean>`error_parameters ->> 'generation' is distinct from ${source.generation}`)
        .returning('id'),
    )
    .insertInto('jobs')
    .columns(['taskId', 'kind', 'traceparent'])
    .expression((qb) =>
      qb
        .selectFrom('accepted')
        .select([
          'accepted.id',
          sql.lit('convert').as('kind'),
          sql<string | null>`${traceparent ?? null}::text`.as('traceparent'),
        ]),
    )
    .returning('id')
    .executeTakeFirst()
  return job && { jobId: job.id }
}
