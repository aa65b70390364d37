import { isIPv6 } from 'node:net'
import { type RateLimit, takeFromRateLimit } from '@reelway/shared/db/rate-limits/take.ts'
import type { Database } from '@reelway/shared/db/schema.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { Response } from 'express'
import type { Kysely } from 'kysely'

/** Against guessing one account's password from anywhere. Success gives the allowance back. */
export const LOGIN_BY_ACCOUNT: RateLimit = { burst: 10, intervalSeconds: 30 }
/** Against trying many accounts from one place; wide enough for a school behind one address. */
export const LOGIN_BY_ADDRESS: RateLimit = { burst: 100, intervalSeconds: 3 }
export const SIGNUP_BY_ADDRESS: RateLimit = { burst: 60, intervalSeconds: 30 }
export const REFRESH_BY_ADDRESS: RateLimit = { burst: 300, intervalSeconds: 1 }

/** Takes one from an allowance; throws rate_limited and sets Retry-After (RFC 9110, 10.2.3) when nothing is left. */
export const enforceLimit = async (
  db: Kysely<Database>,
  response: Response,
  key: string,
  limit: RateLimit,
): Promise<void> => {
  const taken = await takeFromRateLimit(db, key, limit)
  if (taken.kind === 'allowed') return
  response.set('retry-after', String(taken.retryAfterSeconds))
  throw reelwayError('rate_limited', { retryAfterSeconds: taken.retryAfterSeconds })
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
