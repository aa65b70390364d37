import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import argon2 from 'argon2'
import pLimit from 'p-limit'

/** OWASP's Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane is its minimum. */
const ARGON2ID = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/**
 * Each hash takes 19 MiB and a core for some 25 ms. One at a time for those who sign up and one for those who log in: more at once
 * would only starve other requests, and a storm of sign-ups must not be in the way of those who have an account.
 */
const HASHES_AT_ONCE = 1
/** So many wait for a second at most; whoever comes then is answered at once, and may come again. */
const MOST_WAITING = 30

const signUps = pLimit(HASHES_AT_ONCE)
const logIns = pLimit(HASHES_AT_ONCE)

/** The argon2id hash of a password, in PHC string format. Throws overloaded when too many wait for theirs. */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(signUps, () => argon2.hash(password, ARGON2ID))

/**
 * Compares a password with a hash. Without a hash (there is no such user) it takes as long and answers false: the time must
 * not tell who has an account. Throws overloaded when too many wait for theirs.
 */
export const isPassword = async (password: string, hash: string | undefined): Promise<boolean> => {
  const matches = await inTurn(logIns, async () => argon2.verify(hash ?? (await dummyHash()), password))
  return hash !== undefined && matches
}

const inTurn = async <Result>(queue: ReturnType<typeof pLimit>, work: () => Promise<Result>): Promise<Result> => {
  if (queue.pendingCount >= MOST_WAITING) throw reelwayError('overloaded')
  return await queue(work)
}

let dummy: Promise<string> | undefined
const dummyHash = (): Promise<string> => {
  dummy ??= argon2.hash('nobody has this password', ARGON2ID)
  return dummy
}
