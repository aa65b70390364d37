import { type Insertable, type Kysely, sql } from 'kysely'
import type { Previews } from '../../previews.ts'
import { statusesBefore } from '../../task-status.ts'
import { heldUnder } from '../jobs/held.ts'
import type { Lease } from '../jobs/lease.ts'
import type { Database } from '../schema.ts'

export type NewOutput = Omit<Insertable<Database['outputs']>, 'taskId'>

/** What has been made and stored of a task. */
export type Result = { outputs: readonly [NewOutput, ...NewOutput[]]; previews: Previews | null }

/**
 * Completes the task of a job if the job is still held under this lease, and keeps its result: one statement, which locks the
 * job's row first, so that of two holders only the living one can win. False: superseded; remove what you stored.
 */
export const completeTask = async (
  db: Kysely<Database>,
  lease: Lease,
  { outputs, previews }: Result,
): Promise<boolean> => {
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
          previews: previews && JSON.stringify(previews),
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
        .innerJoin(rowsOf(outputs).as('output'), (join) => join.onTrue())
        .select([
          'completed.id',
          'output.name',
          'output.objectName',
          'output.generation',
          'output.contentType',
          'output.sizeBytes',
          'output.crc32c',
          'output.width',
          'output.height',
          'output.durationSeconds',
          'output.copied',
          'output.startsAtSeconds',
          'output.encoder',
        ]),
    )
    .returning('taskId')
    .execute()
  return stored.length > 0
}

const rowsOf = (outputs: readonly NewOutput[]) => sql<
  Required<Omit<NewOutput, 'createdAt'>>
>`(select * from jsonb_to_recordset(${JSON.stringify(outputs.map(toRow))}::jsonb) as row (
  name text, object_name text, generation text, content_type text, size_bytes bigint, crc32c text,
  width integer, height integer, duration_seconds double precision, copied boolean, starts_at_seconds double precision, encoder text
))`

const toRow = (output: NewOutput) => ({
  name: output.name,
  object_name: output.objectName,
  generation: output.generation,
  content_type: output.contentType,
  size_bytes: output.sizeBytes,
  crc32c: output.crc32c,
  width: output.width,
  height: output.height,
  duration_seconds: output.durationSeconds,
  copied: output.copied ?? false,
  starts_at_seconds: output.startsAtSeconds ?? null,
  encoder: output.encoder,
})
