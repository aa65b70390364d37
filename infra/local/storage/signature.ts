import { createHash, verify } from 'node:crypto'
import { Refusal } from './refusal.ts'
import { decodePercent, queryPairs } from './request-target.ts'
import { canonicalHeaders } from './signed-headers.ts'
import { parseSignedQuery, type SignedQuery } from './signed-query.ts'

/** What of a request a V4 signature speaks about. */
export type SignedRequest = {
  method: string
  /** As sent: percent-encoding kept, no query. */
  path: string
  /** As sent, without the "?". */
  query: string
  /** Names in lower case; a header sent twice has its values joined by ", ". */
  headers: Readonly<Record<string, string | undefined>>
}

/**
 * Verifies a request whose query carries a V4 signature (Cloud Storage docs: "V4 signing process", "Canonical
 * requests"). Pure. Returns the refusal, or undefined when the signature is good for this request at this time.
 *
 * The order of the checks is the service's as far as it is known: a URL whose X-Goog-Expires was shortened answers
 * ExpiredToken (so time comes before the signature), a signed header that was not sent answers MalformedSecurityHeader.
 * `signers` maps a service account's e-mail to its public key (PEM).
 */
export const verifySignature = (
  request: SignedRequest,
  signers: ReadonlyMap<string, string>,
  now: Date,
): Refusal | undefined => {
  const signed = parseSignedQuery(request.query)
  if (signed instanceof Refusal) return signed
  const untimely = checkTime(signed, now)
  if (untimely !== undefined) return untimely
  const headers = canonicalHeaders(request.headers, signed.signedHeaders)
  if (headers instanceof Refusal) return headers
  // Assumed: an e-mail that has no key is refused like a key that does not fit.
  const key = signers.get(signed.signer)
  if (key === undefined) return signatureDoesNotMatch()
  const stringToSign = [
    'GOOG4-RSA-SHA256',
    signed.date,
    signed.scope,
    createHash('sha256')
      .update(canonicalRequest(request, signed, headers))
      .digest('hex'),
  ].join('\n')
  const matches = verify('RSA-SHA256', Buffer.from(stringToSign), key, Buffer.from(signed.signature, 'hex'))
  return matches ? undefined : signatureDoesNotMatch()
}

const checkTime = (signed: SignedQuery, now: Date): Refusal | undefined => {
  const ends = signed.startsAt.getTime() + signed.expiresSeconds * 1000
  if (now.getTime() > ends)
    return new Refusal({
      status: 400,
      code: 'ExpiredToken',
      reason: 'invalid',
      message: 'Invalid argument.',
      details: `The provided token has expired. Request signature expired at: ${isoSeconds(new Date(ends))}`,
    })
  // Assumed: the service forgives as much skew here as the 15 minutes that it documents for RequestTimeTooSkewed.
  if (signed.startsAt.getTime() - now.getTime() > SKEW_MS)
    return new Refusal({
      status: 403,
      code: 'AccessDenied',
      reason: 'forbidden',
      message: 'Access denied.',
      details: `Request signature is not valid before: ${isoSeconds(signed.startsAt)}`,
    })
  return undefined
}

const SKEW_MS = 15 * 60 * 1000

const isoSeconds = (date: Date): string => `${date.toISOString().slice(0, 19)}+00:00`

const signatureDoesNotMatch = (): Refusal =>
  new Refusal({
    status: 403,
    code: 'SignatureDoesNotMatch',
    reason: 'forbidden',
    message: 'Access denied.',
    details:
      'The request signature we calculated does not match the signature you provided. Check your Google secret key and signing method.',
  })

const canonicalRequest = (request: SignedRequest, signed: SignedQuery, headers: string): string =>
  [
    request.method,
    request.path
      .split('/')
      .map((segment) => encodeStrictly(decodePercent(segment)))
      .join('/'),
    canonicalQuery(request.query),
    headers,
    signed.signedHeaders.join(';'),
    // The docs' rule: the payload is signed only when its hash is a header.
    signed.signedHeaders.includes('x-goog-content-sha256')
      ? request.headers['x-goog-content-sha256']
      : 'UNSIGNED-PAYLOAD',
  ].join('\n')

const canonicalQuery = (query: string): string =>
  queryPairs(query)
    .filter(([name]) => name.toLowerCase() !== 'x-goog-signature')
    .map(([name, value]): [string, string] => [encodeStrictly(name), encodeStrictly(value)])
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

// After strict encoding everything is ASCII, so comparing code units compares bytes.
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

// Every byte but A-Z a-z 0-9 - . _ ~ (RFC 3986, unreserved).
const encodeStrictly = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
