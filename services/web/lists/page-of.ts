import type { ListPosition } from '@reelway/shared/db/list-position.ts'
import { encodeCursor } from './cursor.ts'

/** Of rows that are one more than `limit` when there is a next page: this page, and the cursor of the next, null at the end. */
export const pageOf = <Row extends ListPosition>(
  rows: readonly Row[],
  limit: number,
): { page: Row[]; nextCursor: string | null } => {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { page, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(last) : null }
}
