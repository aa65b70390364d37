import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** So many at once, then one more every `intervalSeconds`. */
export type RateLimit = { burst: number; intervalSeconds: number }

export type Taken = { kind: 'allowed' } | { kind: 'limited'; retryAfterSeconds: number }

/**
 * Takes one from the allowance of `key`, by the generic cell rate algorithm (GCRA, ITU-T I.371): one row a key, one statement,
 * the same for every instance of web. What is refused takes nothing.
 */
export const takeFromRateLimit = async (db: Kysely<Database>, key: string, limit: RateLimit): Promise<Taken> => {
  const interval = sql`make_interval(secs => ${limit.intervalSeconds})`
  const tolerance = sql`make_interval(secs => ${limit.intervalSeconds * limit.burst})`
  const taken = await db
    .insertInto('rateLimits')
    .values({ key, arrivalAt: sql<Date>`now() + ${interval}` })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({ arrivalAt: sql<Date>`greatest(rate_limits.arrival_at, now()) + ${interval}` })
        .where(sql<boolean>`greatest(rate_limits.arrival_at, now()) + ${interval} <= now() + ${tolerance}`),
    )
    .returning('key')
    .executeTakeFirst()
  if (taken !== undefined) return { kind: 'allowed' }
  const row = await db
    .selectFrom('rateLimits')
    .select(sql<number>`ceil(extract(epoch from arrival_at + ${interval} - ${tolerance} - now()))::float`.as('seconds'))
    .where('key', '=', key)
    .executeTakeFirst()
  return { kind: 'limited', retryAfterSeconds: Math.max(1, row?.seconds ?? 1) }
}
