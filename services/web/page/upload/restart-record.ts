import type { TransferFailure } from './transfer-failure.ts'
import type { UploadRecord } from './upload-record.ts'

const NO_SESSION = { sessionUri: null, storedBytes: 0 } as const

/** The storage had another file than was sent: its task goes on waiting, and a new session is needed. */
const OTHER_FILE: readonly string[] = ['upload_checksum_mismatch', 'upload_size_mismatch', 'upload_missing']

/** Refusals that say something about what was chosen, or who asks: the same task goes on when that is mended. */
const MENDABLE: readonly string[] = ['invalid_input', 'unauthenticated', 'invalid_access_token', 'rate_limited']

/** What an upload that failed goes on with when the person tries again: where it was, in a new session, or as a new task. */
export const restartRecord = (record: UploadRecord, failure: TransferFailure): UploadRecord => {
  if (failure.kind !== 'refused' || MENDABLE.includes(failure.code)) {
    return failure.kind === 'storage-refused' ? { ...record, ...NO_SESSION } : record
  }
  if (OTHER_FILE.includes(failure.code)) return { ...record, ...NO_SESSION }
  return { ...record, idempotencyKey: crypto.randomUUID(), taskId: null, ...NO_SESSION }
}
