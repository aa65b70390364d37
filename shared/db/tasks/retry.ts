import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'
import { startOver } from './start-over.ts'

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
    .with('retried', (qb) =>
      qb
        .updateTable('tasks')
        .set(startOver)
        .where('id', '=', taskId)
        .where('userId', '=', userId)
        .where('deletedAt', 'is', null)
        .where('status', 'in', ['failed', 'cancelled'])
        .where('sourceGeneration', 'is not', null)
        .returning('id'),
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
