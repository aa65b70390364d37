import { type Insertable, type Kysely, sql } from 'kysely'
import { statusesBefore } from '../../task-status.ts'
import { heldUnder } from '../jobs/held.ts'
import type { Lease } from '../jobs/lease.ts'
import type { Database } from '../schema.ts'

export type NewOutput = Omit<Insertable<Database['outputs']>, 'taskId'>

/**
 * Completes the task of a job if the job is still held under this lease, and keeps its output: one statement, which locks the
 * job's row first, so that of two holders only the living one can win. False: superseded; remove what you stored.
 */
export const completeTask = async (db: Kysely<Database>, lease: Lease, output: NewOutput): Promise<boolean> => {
  const stored = await db
    .with('done', (qb) =>
      qb
        .updateTable('jobs')
        .set({ status: 'done', finishedAt: sql<Date>`now()`, leaseToken: null, leaseExpiresAt: null })
        .where(heldUnder(lease))
        .returning('taskId'),
    )
    .with('completed', (qb) =>
      qb
        .updateTable('tasks')
        .from('done')
        .set({
          status: 'completed',
          progress: 1,
          partsLeft: null,
          finishedAt: sql<Date>`now()`,
          errorCode: null,
          errorParameters: null,
        })
        .whereRef('tasks.id', '=', 'done.taskId')
        .where('tasks.status', 'in', statusesBefore('completed'))
        .returning('tasks.id'),
    )
    .insertInto('outputs')
    .columns([
      'taskId',
      'name',
      'objectName',
      'generation',
      'contentType',
      'sizeBytes',
      'crc32c',
      'width',
      'height',
      'durationSeconds',
      'copied',
      'startsAtSeconds',
      'encoder',
    ])
    .expression((qb) =>
      qb
        .selectFrom('completed')
        .select([
          'completed.id',
          sql<string>`${output.name}::text`.as('name'),
          sql<string>`${output.objectName}::text`.as('objectName'),
          sql<string>`${output.generation}::text`.as('generation'),
          sql<string>`${output.contentType}::text`.as('contentType'),
          sql<number>`${output.sizeBytes}::bigint`.as('sizeBytes'),
          sql<string>`${output.crc32c}::text`.as('crc32c'),
          sql<number>`${output.width}::integer`.as('width'),
          sql<number>`${output.height}::integer`.as('height'),
          sql<number>`${output.durationSeconds}::double precision`.as('durationSeconds'),
          sql<boolean>`${output.copied ?? false}::boolean`.as('copied'),
          sql<number | null>`${output.startsAtSeconds ?? null}::double precision`.as('startsAtSeconds'),
          sql<string>`${output.encoder}::text`.as('encoder'),
        ]),
    )
    .returning('taskId')
    .executeTakeFirst()
  return stored !== undefined
}
