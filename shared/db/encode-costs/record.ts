import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'

export type EncodeCost = { preset: string; estimateSeconds: number; encodeSeconds: number }

/** Remembers what an encode took against what the preset's own figures said. What took no time, or should have, says nothing and is not kept. */
export const recordEncodeCost = async (db: Kysely<Database>, cost: EncodeCost): Promise<void> => {
  if (!(cost.estimateSeconds > 0 && cost.encodeSeconds > 0)) return
  await db.insertInto('encodeCosts').values(cost).execute()
}
