import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../schema.ts'
import { findOutputs } from './find.ts'
import type { OutputRow, TaskRow } from './task-row.ts'

/** Whoever has missed more is better off with the list. */
const MOST_CHANGES = 200

/**
 * How far the changes of tasks have been read: the number of the oldest transaction that was still open, after the time at which the
 * server was started: what came of the last numbers before a crash or a fail-over is not known for sure. The same for all users.
 */
export type ChangePosition = string

/** Before every position: what has changed since cannot be told. */
export const NOWHERE: ChangePosition = '0-0'

/** Reads a position that was sent back; NOWHERE for what cannot be one. */
export const parsePosition = (text: string): ChangePosition => (/^\d{1,15}-\d{1,19}$/.test(text) ? text : NOWHERE)

export type TaskChanges =
  /** deleted tasks are among them, as long as they are not purged */
  | { kind: 'known'; position: ChangePosition; changed: { task: TaskRow; outputs: OutputRow[] }[] }
  /** what has changed since cannot be told: too much, too long ago, or the position is not of this database */
  | { kind: 'unknown'; position: ChangePosition }

/**
 * The tasks of a user that were changed since `since`, a position that was returned before, each as it is now, and how far that goes. No
 * change is ever missed, in whatever order transactions commit; some may come twice. Without `since` nothing has changed.
 */
export const listTaskChanges = (
  db: Kysely<Database>,
  userId: string,
  since: ChangePosition | undefined,
): Promise<TaskChanges> =>
  db
    .transaction()
    // One snapshot for all three statements.
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      const { position, isKnown } = await readPosition(trx, userId, since)
      if (since === undefined) return { kind: 'known', position, changed: [] }
      if (!isKnown) return { kind: 'unknown', position }
      const tasks = await trx
        .selectFrom('tasks')
        .selectAll()
        .where('userId', '=', userId)
        .where('changedBy', '>=', transactionOf(since))
        .orderBy('changedBy')
        .limit(MOST_CHANGES + 1)
        .execute()
      if (tasks.length > MOST_CHANGES) return { kind: 'unknown', position }
      const outputs = await findOutputs(
        trx,
        tasks.map(({ id }) => id),
      )
      const changed = tasks.map((task) => ({ task, outputs: outputs.filter(({ taskId }) => taskId === task.id) }))
      return { kind: 'known', position, changed }
    })

const readPosition = async (
  trx: Transaction<Database>,
  userId: string,
  since: ChangePosition | undefined,
): Promise<{ position: ChangePosition; isKnown: boolean }> => {
  const [startedMillis = ''] = (since ?? NOWHERE).split('-')
  const { rows } = await sql<{ startedMillis: string; transaction: string; isKnown: boolean }>`
    select server.started_millis, pg_snapshot_xmin(pg_current_snapshot())::text as transaction,
      server.started_millis = ${startedMillis} and not exists (
        select from users where id = ${userId}::uuid and last_purged_change >= ${transactionOf(since ?? NOWHERE)}::xid8
      ) as is_known
    from (select (extract(epoch from pg_postmaster_start_time()) * 1000)::bigint::text as started_millis) server`.execute(
    trx,
  )
  const [row] = rows
  if (row === undefined) throw new Error('PostgreSQL told no snapshot')
  return { position: `${row.startedMillis}-${row.transaction}`, isKnown: row.isKnown }
}

const transactionOf = (position: ChangePosition): string => position.split('-')[1] ?? '0'
