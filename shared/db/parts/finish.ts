import type { Kysely } from 'kysely'
import type { Lease } from '../jobs/lease.ts'
import type { Database } from '../schema.ts'
import { storedAs } from './insert.ts'
import type { StoredPart } from './part.ts'
import { type PartSettled, settlePart } from './settle-part.ts'

/** Marks a part as done and stored, and ends its job; the last part of its plan makes the job that joins them. superseded: remove what you stored. */
export const finishPart = (
  db: Kysely<Database>,
  lease: Lease,
  partId: string,
  stored: StoredPart,
): Promise<PartSettled> =>
  settlePart(db, lease, partId, async (trx) => {
    await trx.updateTable('parts').set(storedAs(stored)).where('id', '=', partId).execute()
    return []
  })
