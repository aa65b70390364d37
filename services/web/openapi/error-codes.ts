import type { ErrorCode } from '@reelway/shared/errors/catalogue.ts'
import type { Operation } from './operation.ts'

/** What never becomes a request of any route (shared/http/answer-unreadable.ts). */
export const unreadableCodes: readonly ErrorCode[] = ['malformed_request', 'headers_too_large', 'request_timeout']

/** For not being who may call it. */
const IDENTITY: Record<Operation['caller'], readonly ErrorCode[]> = {
  anybody: [],
  browser: [],
  user: ['unauthenticated', 'invalid_access_token', 'session_ended'],
  player: ['unauthenticated', 'invalid_access_token'],
}

/** Every code that a route can be answered with: its own, and those of all that are called as it is. */
export const errorCodesOf = (method: string, operation: Operation): ErrorCode[] => {
  const { caller, body, query, errors, isLimited } = operation
  const readsBody = method !== 'GET'
  const codes: ErrorCode[] = [
    ...(body !== undefined || (query !== undefined && caller === 'user') ? (['invalid_input'] as const) : []),
    ...(readsBody ? (['malformed_json', 'unsupported_media_type', 'body_too_large'] as const) : []),
    ...IDENTITY[caller],
    ...(readsBody && (caller === 'user' || caller === 'browser') ? (['cross_site_request'] as const) : []),
    ...errors,
    ...(isLimited === true ? (['rate_limited'] as const) : []),
    'internal',
    ...(readsBody || caller !== 'anybody' ? (['not_ready'] as const) : []),
  ]
  return [...new Set(codes)]
}
