import { Refusal } from './refusal.ts'
import { queryPairs } from './request-target.ts'

/** The X-Goog-* parameters of a V4-signed query, well-formed. */
export type SignedQuery = {
  /** E-mail of the service account. */
  signer: string
  /** X-Goog-Date as sent: yyyymmddThhmmssZ. */
  date: string
  startsAt: Date
  expiresSeconds: number
  /** yyyymmdd/auto/storage/goog4_request. */
  scope: string
  /** In lower case, in the order given. */
  signedHeaders: string[]
  /** Lower-case hexadecimal. */
  signature: string
}

const MAX_EXPIRES_SECONDS = 604_800 // 7 days; docs: "V4 signing process", X-Goog-Expires

/** Whether the query claims to carry a V4 signature. Names are compared without case: gcloud has signed in lower case. */
export const isSignedQuery = (query: string): boolean =>
  queryPairs(query).some(([name]) => name.toLowerCase() === 'x-goog-signature')

/**
 * Reads the authentication parameters of a V4-signed query. A parameter that is missing, repeated or malformed is
 * answered as the service answers a malformed date or expiry: 400 MalformedSecurityHeader, naming the parameter.
 */
export const parseSignedQuery = (query: string): SignedQuery | Refusal => {
  const pairs = queryPairs(query)
  const found = new Map<string, string>()
  for (const name of PARAMETERS) {
    const values = pairs.filter(([sent]) => sent.toLowerCase() === name).map(([, value]) => value)
    const [value] = values
    if (value === undefined) return malformed(name, 'Parameter is missing.')
    if (values.length > 1) return malformed(name, 'Parameter was given more than once.')
    found.set(name, value)
  }
  const parameter = (name: (typeof PARAMETERS)[number]): string => found.get(name) ?? ''

  if (parameter('x-goog-algorithm') !== 'GOOG4-RSA-SHA256')
    return malformed('x-goog-algorithm', 'Only GOOG4-RSA-SHA256 is supported.')
  const date = parameter('x-goog-date')
  const startsAt = parseDate(date)
  if (startsAt === undefined) return malformed('x-goog-date', 'Date is not of the form yyyymmddThhmmssZ.')
  const expires = parameter('x-goog-expires')
  if (!/^\d{1,9}$/.test(expires)) return malformed('x-goog-expires', 'Expires is not a number of seconds.')
  if (Number(expires) > MAX_EXPIRES_SECONDS) return malformed('x-goog-expires', 'Expires is over 604800 seconds.')
  const [signer = '', ...scope] = parameter('x-goog-credential').split('/')
  if (scope.join('/') !== `${date.slice(0, 8)}/auto/storage/goog4_request`)
    return malformed('x-goog-credential', 'Credential scope is not DATE/auto/storage/goog4_request.')
  const signedHeaders = parameter('x-goog-signedheaders').split(';')
  if (!signedHeaders.includes('host')) return malformed('x-goog-signedheaders', 'The host header must be signed.')
  if (signedHeaders.some((name) => name !== name.toLowerCase()) || new Set(signedHeaders).size < signedHeaders.length)
    return malformed('x-goog-signedheaders', 'Names must be in lower case and given once.')
  const signature = parameter('x-goog-signature')
  if (!/^(?:[0-9a-f]{2})+$/.test(signature)) return malformed('x-goog-signature', 'Signature was not hex encoded.')
  return { signer, date, startsAt, expiresSeconds: Number(expires), scope: scope.join('/'), signedHeaders, signature }
}

const PARAMETERS = [
  'x-goog-algorithm',
  'x-goog-credential',
  'x-goog-date',
  'x-goog-expires',
  'x-goog-signedheaders',
  'x-goog-signature',
] as const

const parseDate = (text: string): Date | undefined => {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second] = match
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const date = new Date(`${iso}.000Z`)
  // 31 February parses, as a day in March: only a date that reads back the same is one.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? date : undefined
}

const malformed = (parameter: string, details: string): Refusal =>
  new Refusal({
    status: 400,
    code: 'MalformedSecurityHeader',
    reason: 'invalid',
    message: 'Invalid argument.',
    parameter,
    details: `Your request has a malformed header. ${details}`,
  })
