import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../schema.ts'

/** `bodyHash` tells a repetition of a request from another request under the same key. */
export type IdempotencyKey = { key: string; bodyHash: Buffer }

export type CreatedOnce<Row, Refused> =
  | { kind: 'created'; row: Row }
  /** the key was used for the same request before: this was made then */
  | { kind: 'repeated'; row: Row }
  | { kind: 'key-reused' }
  | Refused

/**
 * Makes a row, once for each idempotency key of a user: key and row are committed together, so that of two requests at the same time one
 * makes the row, and the other waits for it and gets the same one. `insert` makes it, or refuses and changes nothing; `find` finds what was
 * made earlier, and `column` is where its id is kept with the key.
 */
export const createOnce = async <Row extends { id: string }, Refused extends { kind: 'refused' } = never>(
  db: Kysely<Database>,
  userId: string,
  idempotencyKey: IdempotencyKey | undefined,
  made: {
    column: 'taskId' | 'assetId'
    insert: (trx: Transaction<Database>) => Promise<{ kind: 'inserted'; row: Row } | Refused>
    find: (id: string) => Promise<Row | undefined>
  },
): Promise<CreatedOnce<Row, Refused>> => {
  for (;;) {
    // First: what it was made from may be gone by now.
    const earlier = idempotencyKey && (await findByKey(db, userId, idempotencyKey, made))
    if (earlier !== undefined) return earlier
    try {
      return await db.transaction().execute(async (trx) => {
        const inserted = await made.insert(trx)
        if (inserted.kind === 'refused') return inserted
        if (idempotencyKey !== undefined) await keep(trx, userId, idempotencyKey, { [made.column]: inserted.row.id })
        return { kind: 'created', row: inserted.row }
      })
    } catch (error) {
      // Taken a moment ago: by what is found now, or by what was deleted in the meantime.
      if (!(error instanceof KeyTaken)) throw error
    }
  }
}

class KeyTaken extends Error {
  override readonly name = 'KeyTaken'
}

const keep = async (
  trx: Transaction<Database>,
  userId: string,
  idempotencyKey: IdempotencyKey,
  made: { taskId?: string; assetId?: string },
): Promise<void> => {
  const kept = await trx
    .insertInto('idempotencyKeys')
    .values({ userId, ...idempotencyKey, ...made })
    .onConflict((conflict) => conflict.columns(['userId', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  if (kept === undefined) throw new KeyTaken()
}

const findByKey = async <Row>(
  db: Kysely<Database>,
  userId: string,
  { key, bodyHash }: IdempotencyKey,
  { column, find }: { column: 'taskId' | 'assetId'; find: (id: string) => Promise<Row | undefined> },
): Promise<{ kind: 'repeated'; row: Row } | { kind: 'key-reused' } | undefined> => {
  const kept = await db
    .selectFrom('idempotencyKeys')
    .select(['bodyHash', column])
    .where('userId', '=', userId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (kept === undefined) return undefined
  const id = kept[column]
  if (typeof id !== 'string' || !kept.bodyHash.equals(bodyHash)) return { kind: 'key-reused' }
  const row = await find(id)
  return row && { kind: 'repeated', row }
}
