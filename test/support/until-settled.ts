import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@reelway/shared/db/schema.ts'
import { type Kysely, sql } from 'kysely'

/**
 * Resolves when every transaction has ended that was open when this was called, in whatever database of the server: what was committed
 * before lies before every position of changes that is read from then on. Tests of other files hold transactions open, too.
 */
export const untilSettled = async (db: Kysely<Database>): Promise<void> => {
  const { rows } = await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(db)
  const id = rows[0]?.id ?? ''
  for (;;) {
    const oldest = await sql<{ isLater: boolean }>`
      select pg_snapshot_xmin(pg_current_snapshot()) > ${id}::xid8 as is_later`.execute(db)
    if (oldest.rows[0]?.isLater) return
    await sleep(20)
  }
}
