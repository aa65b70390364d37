import { type Kysely, sql } from 'kysely'
import { transientCodes } from '../../errors/transient-codes.ts'
import { forgetRejectedParts } from '../parts/forget-rejected.ts'
import type { Database } from '../schema.ts'
import { startOver } from './start-over.ts'

/** Five a minute: what five instances of batch convert when each takes a minute (infra/gcp/run/batch.yaml). */
const SECONDS_BETWEEN = 12

/**
 * Queues all tasks again that failed in this time for a reason that was ours, each with a new job that has all its attempts before
 * it. Nothing is published: each waits for its turn, and one more takes part in that every SECONDS_BETWEEN, so that batch is not buried. Redriving again finds none
 * of them. Returns how many there were by the code that they had failed with.
 */
export const redriveTasks = async (
  db: Kysely<Database>,
  { since, until }: { since: Date; until: Date },
): Promise<Record<string, number>> => {
  const counts = await db
    .with('failed', (qb) =>
      qb
        .selectFrom('tasks')
        .select(['id', 'errorCode'])
        .where('status', '=', 'failed')
        .where('errorCode', 'in', transientCodes)
        .where('finishedAt', '>=', since)
        .where('finishedAt', '<', until)
        .where('deletedAt', 'is', null)
        .where('sourceGeneration', 'is not', null)
        // In one order, so that two redrives at a time do not wait for each other crosswise; each is looked at again once it is locked.
        .orderBy('id')
        .forUpdate(),
    )
    .with('spoilt', forgetRejectedParts)
    .with('redriven', (qb) =>
      qb
        .updateTable('tasks')
        .from('failed')
        .set(startOver)
        .whereRef('tasks.id', '=', 'failed.id')
        .where('tasks.status', '=', 'failed')
        .returning(['tasks.id', 'failed.errorCode as code']),
    )
    .with('queued', (qb) =>
      qb
        .insertInto('jobs')
        .columns(['taskId', 'kind', 'queuedAt'])
        .expression((from) =>
          from
            .selectFrom('redriven')
            .select([
              'redriven.id',
              sql.lit('convert').as('kind'),
              sql<Date>`now() + make_interval(secs => ${SECONDS_BETWEEN} * (row_number() over () - 1))`.as('queuedAt'),
            ]),
        )
        .returning('taskId'),
    )
    .selectFrom('redriven')
    .innerJoin('queued', 'queued.taskId', 'redriven.id')
    .select(({ fn }) => ['redriven.code', fn.countAll<number>().as('count')])
    .groupBy('redriven.code')
    .orderBy('redriven.code')
    .execute()
  return Object.fromEntries(counts.map(({ code, count }) => [code, count]))
}
