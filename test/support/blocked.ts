import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@reelway/shared/db/schema.ts'
import { type Kysely, sql } from 'kysely'

/** On a machine that has much else to do, a statement may take seconds to get as far as its lock. */
const LONGEST_WAIT_MILLIS = 60_000

/** Resolves when exactly `count` statements in this database wait for a lock that another transaction holds. */
export const untilBlocked = async (db: Kysely<Database>, count = 1): Promise<void> => {
  const deadline = performance.now() + LONGEST_WAIT_MILLIS
  for (;;) {
    const waiting = await sql<{ count: number }>`
      select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
    if (waiting.rows[0]?.count === count) return
    if (performance.now() > deadline) throw new Error(`not ${count} but ${waiting.rows[0]?.count} statements wait`)
    await sleep(10)
  }
}
