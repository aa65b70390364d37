import { isIPv6 } from 'node:net'
import { type RateLimit, takeFromRateLimit } from '@reelway/shared/db/rate-limits/take.ts'
import type { Database } from '@reelway/shared/db/schema.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { Response } from 'express'
import type { Kysely } from 'kysely'

/** An allowance by the name that its headers have. Of one that others share, only its owner may know what is left. */
type NamedLimit = RateLimit & { name: string; isShared: boolean }

/** Against guessing one account's password from anywhere. Success gives the allowance back. */
export const LOGIN_BY_ACCOUNT: NamedLimit = { name: 'login-account', burst: 10, intervalSeconds: 30, isShared: true }
/** Against trying many accounts from one place; wide enough for a school behind one address. */
export const LOGIN_BY_ADDRESS: NamedLimit = { name: 'login-address', burst: 100, intervalSeconds: 3, isShared: false }
export const SIGNUP_BY_ADDRESS: NamedLimit = { name: 'signup-address', burst: 60, intervalSeconds: 30, isShared: false }
export const REFRESH_BY_ADDRESS: NamedLimit = {
  name: 'refresh-address',
  burst: 300,
  intervalSeconds: 1,
  isShared: false,
}

/**
 * Takes one from an allowance, and says in RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-11) which one it is and
 * what is left of it; throws rate_limited and sets Retry-After (RFC 9110, 10.2.3) when nothing is.
 */
export const enforceLimit = async (
  db: Kysely<Database>,
  response: Response,
  key: string,
  limit: NamedLimit,
): Promise<void> => {
  const taken = await takeFromRateLimit(db, key, limit)
  const { name, burst, intervalSeconds } = limit
  addItem(response, 'ratelimit-policy', `"${name}";q=${burst};w=${burst * intervalSeconds}`)
  if (taken.kind === 'allowed') {
    // Who tries the names of an account would else learn that they are of one, and how often others tried.
    if (!limit.isShared) addItem(response, 'ratelimit', `"${name}";r=${taken.left};t=${taken.nextSeconds}`)
    return
  }
  addItem(response, 'ratelimit', `"${name}";r=0;t=${taken.nextSeconds}`)
  response.set('retry-after', String(taken.nextSeconds))
  throw reelwayError('rate_limited', { retryAfterSeconds: taken.nextSeconds })
}

/** Puts an item at the end of a header that is a list (RFC 9651, 3.1). */
const addItem = (response: Response, header: string, item: string): void => {
  const before = response.get(header)
  response.set(header, before === undefined ? item : `${before}, ${item}`)
}

/** What stands for a client's place: its IPv4 address, or the /64 of its IPv6 address, which is one household or host. */
export const placeOf = (address: string | undefined): string => {
  const plain = (address ?? 'unknown').replace(/^::ffff:/, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail = ''] = plain.split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail.split(':').filter(Boolean)
  const zeros = plain.includes('::') ? Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0') : []
  const groups = [...before, ...zeros, ...after].slice(0, 4)
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')
}
