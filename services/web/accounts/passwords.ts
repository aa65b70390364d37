import argon2 from 'argon2'
import pLimit from 'p-limit'

/** OWASP's Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane is its minimum. */
const ARGON2ID = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Each hash takes 19 MiB and a core for some 25 ms: more than this at once would only starve other requests. */
const HASHES_AT_ONCE = 2

const limit = pLimit(HASHES_AT_ONCE)

/** The argon2id hash of a password, in PHC string format. */
export const hashPassword = (password: string): Promise<string> => limit(() => argon2.hash(password, ARGON2ID))

/**
 * Compares a password with a hash. Without a hash (there is no such user) it takes as long and answers false: the time must
 * not tell who has an account.
 */
export const isPassword = async (password: string, hash: string | undefined): Promise<boolean> => {
  const matches = await limit(async () => argon2.verify(hash ?? (await dummyHash()), password))
  return hash !== undefined && matches
}

let dummy: Promise<string> | undefined
const dummyHash = (): Promise<string> => {
  dummy ??= argon2.hash('nobody has this password', ARGON2ID)
  return dummy
}
