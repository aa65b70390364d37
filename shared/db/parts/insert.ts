import { sql, type Transaction } from 'kysely'
import type { Work } from '../jobs/work.ts'
import type { Database } from '../schema.ts'
import type { NewPart, StoredPart } from './part.ts'

/** Makes the rows of parts. Returns the work of those that are not done yet, in the same order. */
export const insertParts = async (
  trx: Transaction<Database>,
  plan: { taskId: string; planKey: string },
  parts: readonly NewPart[],
): Promise<Work[]> => {
  if (parts.length === 0) return []
  const rows = await trx
    .insertInto('parts')
    .values(
      parts.map(({ stream, start, end, weight, done }) => ({
        ...plan,
        stream,
        rangeStart: start,
        rangeEnd: end,
        weight,
        ...(done !== undefined && storedAs(done)),
      })),
    )
    .returning(['id', 'status'])
    .execute()
  return rows.filter(({ status }) => status === 'pending').map(({ id }) => ({ kind: 'part', partId: id }))
}

/** What is written when a part is done. */
export const storedAs = ({ objectName, generation, sizeBytes, lead, encoder, encodeSeconds }: StoredPart) => ({
  status: 'done' as const,
  progress: 1,
  doneAt: sql<Date>`now()`,
  objectName,
  generation,
  sizeBytes,
  lead,
  encoder,
  encodeSeconds,
})
