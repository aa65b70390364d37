import { type Kysely, sql } from 'kysely'
import type { TaskStatus } from '../../task-status.ts'
import { forgetRejectedParts } from '../parts/forget-rejected.ts'
import type { Database } from '../schema.ts'
import { startOver } from './start-over.ts'

const RETRIED: TaskStatus[] = ['failed', 'cancelled']

/**
 * Queues a failed or cancelled task again, in the main lane, with a new job that has all its attempts before it. Undefined: no
 * such task of this user, not failed or cancelled, or its upload never arrived.
 */
export const retryTask = async (
  db: Kysely<Database>,
  userId: string,
  taskId: string,
  traceparent: string | undefined,
): Promise<{ jobId: string } | undefined> => {
  const job = await db
    .with('failed', (qb) =>
      qb
        .selectFrom('tasks')
        .select(['id', 'errorCode'])
        .where('id', '=', taskId)
        .where('userId', '=', userId)
        .where('deletedAt', 'is', null)
        .where('status', 'in', RETRIED)
        .where('sourceGeneration', 'is not', null)
        .forNoKeyUpdate(),
    )
    .with('spoilt', forgetRejectedParts)
    .with('retried', (qb) =>
      qb
        .updateTable('tasks')
        .from('failed')
        .set(startOver)
        .whereRef('tasks.id', '=', 'failed.id')
        .where('tasks.status', 'in', RETRIED)
        .returning('tasks.id'),
    )
    .insertInto('jobs')
    .columns(['taskId', 'kind', 'traceparent'])
    .expression((qb) =>
      qb
        .selectFrom('retried')
        .select([
          'retried.id',
          sql.lit('convert').as('kind'),
          sql<string | null>`${traceparent ?? null}::text`.as('traceparent'),
        ]),
    )
    .returning('id')
    .executeTakeFirst()
  return job && { jobId: job.id }
}
