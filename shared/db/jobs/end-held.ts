import { sql, type Transaction } from 'kysely'
import type { Database } from '../schema.ts'
import { heldUnder } from './held.ts'
import type { Lease } from './lease.ts'

/** Ends a job that was locked under its lease: its work is done. */
export const endHeldJob = async (trx: Transaction<Database>, lease: Lease): Promise<void> => {
  await trx
    .updateTable('jobs')
    .set({ status: 'done', finishedAt: sql<Date>`now()`, leaseToken: null, leaseExpiresAt: null })
    .where(heldUnder(lease))
    .execute()
}
