// https://nodejs.org/api/errors.html#common-system-errors
const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH'])
// https://www.postgresql.org/docs/current/errcodes-appendix.html: admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections
const POSTGRES_CODES = new Set(['57P01', '57P02', '57P03', '53300'])
// pg 8 throws these as plain errors without a code.
const PG_MESSAGES = /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout)/

/** True for an error that says the database could not be reached: the same statement may succeed a little later. */
export const isDatabaseUnreachable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.some(isDatabaseUnreachable)
  if (PG_MESSAGES.test(error.message)) return true
  if (!('code' in error) || typeof error.code !== 'string') return false
  // Class 08: connection exceptions.
  return (
    POSTGRES_CODES.has(error.code) ||
    error.code.startsWith('08') ||
    (CONNECTION_CODES.has(error.code) && !isHttp(error))
  )
}

// Errors of the Storage client carry the request that failed, or are node-fetch's own (its FetchError has an erroredSysCall).
const isHttp = (error: Error): boolean => 'config' in error || 'response' in error || 'erroredSysCall' in error
