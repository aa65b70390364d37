import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** Old encodes ran on other machines, by another ffmpeg. */
const LAST = 50
/** One or two encodes may have been odd videos. */
const FEWEST = 5
/** Whatever was measured, an estimate is not off by more: what goes beyond it was measured on a day that went wrong. */
const LEAST_FACTOR = 0.25
const MOST_FACTOR = 8

/**
 * By how much to multiply the estimates of a preset: the upper quartile of measured seconds for each estimated one, of this service's
 * last encodes, between LEAST_FACTOR and MOST_FACTOR. Undefined while there are fewer than FEWEST. The quartile, because a part
 * that takes longer than planned costs a hand-over, and one that takes less costs nothing.
 */
export const learnedCostFactor = async (db: Kysely<Database>, preset: string): Promise<number | undefined> => {
  const learned = await db
    .selectFrom((from) =>
      from
        .selectFrom('encodeCosts')
        .select(sql<number>`encode_seconds / estimate_seconds`.as('ratio'))
        .where('preset', '=', preset)
        .orderBy('id', 'desc')
        .limit(LAST)
        .as('last'),
    )
    .select([
      sql<number>`count(*)`.as('encodes'),
      sql<number>`coalesce(percentile_cont(0.75) within group (order by ratio), 1)`.as('quartile'),
    ])
    .executeTakeFirstOrThrow()
  if (learned.encodes < FEWEST) return undefined
  return Math.min(MOST_FACTOR, Math.max(LEAST_FACTOR, learned.quartile))
}
