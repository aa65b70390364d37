import type { UploadInstructions } from '@reelway/web/uploads/upload-schema.ts'
import type { Outcome } from './advance-transfer.ts'
import { readStorageAnswer } from './read-storage-answer.ts'

/**
 * Opens a resumable session by a signed URL: its address is the answer's Location. stored: the storage has the object already. Throws
 * AbortError when `signal` says so.
 */
export const openSession = async (
  { url, method, headers }: UploadInstructions,
  signal: AbortSignal,
): Promise<Outcome> => {
  const random = Math.random()
  const response = await answered(url, { method, headers, signal })
  if (response === undefined) return { kind: 'trouble', random }
  const uri = response.headers.get('location')
  if (response.status === 201 && uri !== null) return { kind: 'opened', uri }
  // x-goog-if-generation-match: 0, and there is one.
  if (response.status === 412) return { kind: 'stored' }
  const outcome = readStorageAnswer({ status: response.status, range: null, tookMillis: 0 }, random)
  return outcome.kind === 'trouble'
    ? outcome
    : { kind: 'refused', failure: { kind: 'storage-refused', status: response.status } }
}

const answered = async (url: string, init: RequestInit & { signal: AbortSignal }): Promise<Response | undefined> => {
  try {
    return await fetch(url, init)
  } catch {
    init.signal.throwIfAborted()
    return undefined
  }
}
