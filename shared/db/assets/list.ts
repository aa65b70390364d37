import type { Kysely } from 'kysely'
import { isAfter, type ListPosition } from '../list-position.ts'
import type { Database } from '../schema.ts'
import type { AssetRow } from './asset-row.ts'

export type AssetQuery = { limit: number; order: 'newest' | 'oldest'; after: ListPosition | undefined }

/** A page of a user's assets. One row more than `limit` comes back when there is a next page. */
export const listAssets = (db: Kysely<Database>, userId: string, query: AssetQuery): Promise<AssetRow[]> => {
  const direction = query.order === 'newest' ? 'desc' : 'asc'
  let select = db
    .selectFrom('assets')
    .selectAll()
    .where('userId', '=', userId)
    .where('deletedAt', 'is', null)
    .orderBy('createdAt', direction)
    .orderBy('id', direction)
    .limit(query.limit + 1)
  if (query.after !== undefined) select = select.where(isAfter(query.order, query.after))
  return select.execute()
}
