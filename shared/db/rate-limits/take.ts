import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** So many at once, then one more every `intervalSeconds`. */
export type RateLimit = { burst: number; intervalSeconds: number }

/** `left` can still be taken at once; one more comes in `nextSeconds`, rounded up. Of what is limited nothing is left. */
export type Taken = { kind: 'allowed'; left: number; nextSeconds: number } | { kind: 'limited'; nextSeconds: number }

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
    .returning(ahead)
    .executeTakeFirst()
  if (taken !== undefined) return { kind: 'allowed', ...whatIsLeft(taken.aheadSeconds, limit) }
  const row = await db.selectFrom('rateLimits').select(ahead).where('key', '=', key).executeTakeFirst()
  const { nextSeconds } = whatIsLeft(row?.aheadSeconds ?? 0, limit)
  return { kind: 'limited', nextSeconds }
}

/** How far the arrival of the next one, if all came evenly, lies ahead of now: a whole allowance is gone when that is as long as it lasts. */
const ahead = sql<number>`greatest(0, extract(epoch from arrival_at - now()))::float`.as('aheadSeconds')

const whatIsLeft = (
  aheadSeconds: number,
  { burst, intervalSeconds }: RateLimit,
): { left: number; nextSeconds: number } => {
  const freeSeconds = burst * intervalSeconds - aheadSeconds
  // The database counts in microseconds.
  const left = Math.max(0, Math.floor(freeSeconds / intervalSeconds + 1e-6))
  return { left, nextSeconds: Math.max(1, Math.ceil((left + 1) * intervalSeconds - freeSeconds)) }
}
