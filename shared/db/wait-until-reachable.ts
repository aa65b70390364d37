import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { checkDatabase } from './check.ts'
import { isDatabaseUnreachable } from './is-database-unreachable.ts'
import type { Database } from './schema.ts'

const PAUSE_MILLIS = 2_000
/** How long the programs of the migration job wait: the way into the network takes "a minute or more". */
export const NETWORK_SECONDS = 150

/**
 * Waits until the database answers: on Cloud Run the way into our network may take a minute or more to be there when an instance
 * starts (https://cloud.google.com/run/docs/configuring/vpc-direct-vpc#limitations), and a job has no start-up probe that waits for it.
 * Throws what stands in the way after `patienceSeconds`, and at once what waiting does not mend.
 */
export const waitUntilReachable = async (db: Kysely<Database>, patienceSeconds: number): Promise<void> => {
  const deadline = performance.now() + patienceSeconds * 1000
  for (;;) {
    try {
      return await checkDatabase(db)
    } catch (error) {
      if (!isDatabaseUnreachable(error) || performance.now() > deadline) throw error
    }
    await sleep(PAUSE_MILLIS)
  }
}
