import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** More than learnedCostFactor reads, so that an operator can look back a little. */
const KEPT_OF_EACH_PRESET = 200

/** Forgets all encodes but the last of each preset. */
export const forgetEncodeCosts = async (db: Kysely<Database>): Promise<void> => {
  await db
    .deleteFrom('encodeCosts')
    .where('id', 'in', (from) =>
      from
        .selectFrom((numbered) =>
          numbered
            .selectFrom('encodeCosts')
            .select(['id', sql<number>`row_number() over (partition by preset order by id desc)`.as('place')])
            .as('numbered'),
        )
        .select('numbered.id')
        .where('place', '>', KEPT_OF_EACH_PRESET),
    )
    .execute()
}
