import type { Outcome } from './advance-transfer.ts'

/** An answer of the storage to a request within a session; broken: there was none. */
export type StorageAnswer = { status: number; range: string | null; tookMillis: number } | 'broken'

/**
 * What an answer means (https://cloud.google.com/storage/docs/performing-resumable-uploads): 308 with what is stored, 200 or 201 at the end,
 * 404 or 410 when the session is over; 408, 429 and 5xx pass. `random` from 0 to 1 goes with what is tried again.
 */
export const readStorageAnswer = (answer: StorageAnswer, random: number): Outcome => {
  if (answer === 'broken') return { kind: 'trouble', random }
  const { status, range, tookMillis } = answer
  if (status === 308) return { kind: 'kept', bytes: storedBytes(range), tookMillis, random }
  if (status === 200 || status === 201) return { kind: 'stored' }
  if (status === 404 || status === 410) return { kind: 'session-gone', random }
  if (status === 408 || status === 429 || status >= 500) return { kind: 'trouble', random }
  return { kind: 'refused', failure: { kind: 'storage-refused', status } }
}

/** "bytes=0-99" says that 100 bytes are stored. */
const storedBytes = (range: string | null): number | undefined => {
  const last = /^bytes=0-(\d{1,15})$/.exec(range ?? '')?.[1]
  return last === undefined ? undefined : Number(last) + 1
}
