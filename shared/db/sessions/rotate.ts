import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'
import { sessionEnd } from './open.ts'

export type Rotated =
  | { kind: 'rotated'; userId: string; sessionId: string }
  /** it was used before: whoever holds its successor may be a thief, so the whole session is revoked */
  | { kind: 'reused'; userId: string }
  | { kind: 'invalid' }

/**
 * Trades a refresh token for its successor (RFC 9700, 4.14.2). Of two uses at the same time one wins; the other counts as reuse
 * and ends the session.
 */
export const rotateRefreshToken = (db: Kysely<Database>, tokenHash: Buffer, successorHash: Buffer): Promise<Rotated> =>
  db.transaction().execute(async (trx): Promise<Rotated> => {
    const session = await trx
      .selectFrom('refreshTokens')
      .innerJoin('sessions', 'sessions.id', 'refreshTokens.sessionId')
      .select(['sessions.id', 'sessions.userId'])
      .where('tokenHash', '=', tokenHash)
      .where('sessions.revokedAt', 'is', null)
      .where('sessions.expiresAt', '>', sql<Date>`now()`)
      .forUpdate('sessions')
      .executeTakeFirst()
    if (session === undefined) return { kind: 'invalid' }
    const used = await trx
      .updateTable('refreshTokens')
      .set({ usedAt: sql<Date>`now()` })
      .where('tokenHash', '=', tokenHash)
      .where('usedAt', 'is', null)
      .returning('sessionId')
      .executeTakeFirst()
    if (used === undefined) {
      await trx.updateTable('sessions').set({ revokedAt: sql<Date>`now()` }).where('id', '=', session.id).execute()
      return { kind: 'reused', userId: session.userId }
    }
    await trx.updateTable('sessions').set({ expiresAt: sessionEnd }).where('id', '=', session.id).execute()
    await trx.insertInto('refreshTokens').values({ sessionId: session.id, tokenHash: successorHash }).execute()
    return { kind: 'rotated', userId: session.userId, sessionId: session.id }
  })
