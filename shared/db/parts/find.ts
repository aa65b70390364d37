import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'
import { type Part, partOf } from './part.ts'

/** A part, by the id that its job has; undefined when it was replaced or removed. */
export const findPart = async (db: Kysely<Database>, partId: string): Promise<Part | undefined> => {
  const row = await db.selectFrom('parts').selectAll().where('id', '=', partId).executeTakeFirst()
  return row && partOf(row)
}

/** All parts of a task by one plan: those of the picture and then those of the sound, each in the order of their ranges. */
export const listParts = async (db: Kysely<Database>, taskId: string, planKey: string): Promise<Part[]> => {
  const rows = await db
    .selectFrom('parts')
    .selectAll()
    .where('taskId', '=', taskId)
    .where('planKey', '=', planKey)
    .orderBy('stream')
    .orderBy('rangeStart')
    .execute()
  return rows.map(partOf)
}
