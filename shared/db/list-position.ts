import { type RawBuilder, sql } from 'kysely'

/** Where a page of a list ends: the next one begins after this row. */
export type ListPosition = { createdAt: Date; id: string }

/** The condition of the rows that come after a position in a list ordered by created_at and id. */
export const isAfter = (order: 'newest' | 'oldest', { createdAt, id }: ListPosition): RawBuilder<boolean> =>
  order === 'newest'
    ? sql<boolean>`(created_at, id) < (${createdAt}, ${id}::uuid)`
    : sql<boolean>`(created_at, id) > (${createdAt}, ${id}::uuid)`
