import type { Kysely } from 'kysely'
import type { Lease } from '../jobs/lease.ts'
import type { Database } from '../schema.ts'
import { storedAs } from './insert.ts'
import { isPartition } from './is-partition.ts'
import type { NewPart, Part, StoredPart } from './part.ts'
import { type PartSettled, settlePart } from './settle-part.ts'

/** What is kept of a part, up to, without, `end` (null: nothing), and the parts that are cut from the rest of it. */
export type HandedOver = { kept: { end: number; stored: StoredPart } | null; rest: readonly NewPart[] }

/**
 * Ends a part's job before its part is finished: what is kept becomes a done part, the rest new ones with jobs of their own. When
 * everything is kept this is finishPart. superseded: the lease is lost or the task has settled; remove what you stored. Throws when
 * what is kept and the rest are not exactly the part.
 */
export const handOverPart = (
  db: Kysely<Database>,
  lease: Lease,
  partId: string,
  { kept, rest }: HandedOver,
): Promise<PartSettled> =>
  settlePart(db, lease, partId, async (trx, part) => {
    checkCoverage(part, kept, rest)
    if (kept === null) {
      await trx.deleteFrom('parts').where('id', '=', partId).execute()
      return rest
    }
    const weight = Math.max(0, part.weight - rest.reduce((sum, each) => sum + each.weight, 0))
    await trx
      .updateTable('parts')
      .set({ ...storedAs(kept.stored), rangeEnd: kept.end, weight })
      .where('id', '=', partId)
      .execute()
    return rest
  })

const checkCoverage = ({ id, stream, start, end }: Part, kept: HandedOver['kept'], rest: readonly NewPart[]): void => {
  const ranges = kept === null ? rest : [{ start, end: kept.end }, ...rest]
  if (rest.some((part) => part.stream !== stream) || !isPartition(ranges, { start, end })) {
    throw new Error(`what part ${id} of ${stream} ${start} to ${end} is handed over as is not exactly that`)
  }
}
