import type { QueryCreator } from 'kysely'
import type { ErrorCode } from '../../errors/catalogue.ts'
import type { Database } from '../schema.ts'

/** Something of theirs was not what was planned, and nobody knows of which: made of the same parts, it would be that again. */
const SPOILT: ErrorCode = 'result_rejected'

/**
 * The statement that removes the parts of those tasks of a common table expression `failed` (their ids and codes, locked) whose result was
 * rejected, so that a plan with the same key does not take them up.
 */
export const forgetRejectedParts = (
  qb: QueryCreator<Database & { failed: { id: string; errorCode: string | null } }>,
) =>
  qb
    .deleteFrom('parts')
    .using('failed')
    .whereRef('parts.taskId', '=', 'failed.id')
    .where('failed.errorCode', '=', SPOILT)
