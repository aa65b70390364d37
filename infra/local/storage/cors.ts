import type { CorsRule } from './bucket-store.ts'
import { answer, type Exchange } from './exchange.ts'

/**
 * Who may read an answer from another origin: the bucket's rules (XML API, and sessions started there), one origin
 * that was given when a session was started through the JSON API, or anyone (the JSON API itself; assumed).
 */
export type CorsPolicy =
  | { kind: 'rules'; rules: readonly CorsRule[] }
  | { kind: 'origin'; origin: string }
  | { kind: 'anyone' }
  | { kind: 'nobody' }

/**
 * Sets the CORS headers of an actual (not preflight) answer; sets none when nothing matches. The request is served
 * all the same: it is the browser that then withholds the answer (docs: "Cross-origin resource sharing").
 */
export const setCorsHeaders = ({ headers, method, response }: Exchange, policy: CorsPolicy): void => {
  const origin = headers.origin
  if (origin === undefined) return
  response.setHeader('vary', 'Origin')
  if (policy.kind === 'rules') {
    // The first rule that fits origin and method counts (docs: "Set bucket CORS").
    const rule = policy.rules.find((candidate) => fits(candidate, origin, method))
    if (rule === undefined) return
    response.setHeader('access-control-allow-origin', allowedOrigin(rule, origin))
    if (rule.responseHeader.length > 0)
      response.setHeader('access-control-expose-headers', rule.responseHeader.join(', '))
    return
  }
  if (policy.kind === 'nobody') return
  response.setHeader('access-control-allow-origin', policy.kind === 'origin' ? policy.origin : origin)
  // Assumed list: what a browser needs for the session protocol and for reading metadata.
  response.setHeader('access-control-expose-headers', JSON_API_HEADERS)
}

/**
 * Answers a preflight: always 200, with CORS headers only when origin, method and every requested header are allowed.
 */
export const answerPreflight = (exchange: Exchange, policy: CorsPolicy): void => {
  answer(exchange, 200, { ...preflightHeaders(exchange.headers, policy), vary: 'Origin' }, '')
}

const preflightHeaders = (
  sent: Readonly<Record<string, string | undefined>>,
  policy: CorsPolicy,
): Record<string, string> => {
  const origin = sent.origin
  const method = sent['access-control-request-method']
  if (origin === undefined || method === undefined || policy.kind === 'nobody') return {}
  const requested = (sent['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')
  if (policy.kind !== 'rules')
    return {
      'access-control-allow-origin': policy.kind === 'origin' ? policy.origin : origin,
      'access-control-allow-methods': 'DELETE,GET,HEAD,PATCH,POST,PUT,OPTIONS',
      'access-control-allow-headers': requested.join(', '),
      'access-control-max-age': '3600',
    }
  const rule = policy.rules.find(
    (candidate) => fits(candidate, origin, method) && requested.every((name) => allowsHeader(candidate, name)),
  )
  if (rule === undefined) return {}
  return {
    'access-control-allow-origin': allowedOrigin(rule, origin),
    'access-control-allow-methods': rule.method.join(','),
    'access-control-allow-headers': rule.responseHeader.join(','),
    // 3600 s is the documented default.
    'access-control-max-age': String(rule.maxAgeSeconds ?? 3600),
  }
}

const fits = (rule: CorsRule, origin: string, method: string): boolean =>
  rule.origin.some((allowed) => allowed === '*' || allowed.toLowerCase() === origin.toLowerCase()) &&
  rule.method.some((allowed) => allowed === '*' || allowed.toUpperCase() === method.toUpperCase())

const allowedOrigin = (rule: CorsRule, origin: string): string => (rule.origin.includes('*') ? '*' : origin)

// These need no permission (Fetch standard, "CORS-safelisted request-header"), and a trailing * in a rule is a prefix.
const SAFE = ['accept', 'accept-language', 'content-language']
const allowsHeader = (rule: CorsRule, name: string): boolean =>
  SAFE.includes(name) ||
  rule.responseHeader.some((header) => {
    const allowed = header.toLowerCase()
    return allowed.endsWith('*') ? name.startsWith(allowed.slice(0, -1)) : allowed === name
  })

const JSON_API_HEADERS =
  'Content-Length, Content-Range, Content-Type, ETag, Location, Range, X-Goog-Generation, X-Goog-Hash, X-Goog-Metageneration, X-Goog-Stored-Content-Length, X-GUploader-UploadID'
