import { createHash, randomBytes } from 'node:crypto'

/** A new opaque refresh token: 256 random bits. Only its hash is ever stored. */
export const newRefreshToken = (): string => randomBytes(32).toString('base64url')

/** What is stored of a refresh token. Plain SHA-256 is enough: there is nothing to guess in 256 random bits. */
export const hashRefreshToken = (token: string): Buffer => createHash('sha256').update(token).digest()
