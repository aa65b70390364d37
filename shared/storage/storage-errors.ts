// https://cloud.google.com/storage/docs/retry-strategy#tools: what may be tried again
const RETRYABLE_STATUS = new Set([408, 429, 500, 502, 503, 504])
const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ERR_STREAM_PREMATURE_CLOSE',
])

/** True for an error of the Storage client after which the same request may succeed a little later. */
export const isStorageUnavailable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : undefined
  if (typeof code === 'number') return RETRYABLE_STATUS.has(code)
  if (typeof code === 'string' && (CONNECTION_CODES.has(code) || RETRYABLE_STATUS.has(Number(code)))) return true
  return error.cause !== undefined && isStorageUnavailable(error.cause)
}

/** True for the answer "there is no such object" (or no such generation of it). */
export const isNotFound = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 404 || error.code === '404')

/** True for the answer "a precondition did not hold". */
export const isPreconditionFailed = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 412 || error.code === '412')
