import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import jwt from 'jsonwebtoken'
import { keyOf, type SigningKeys } from '../accounts/access-token.ts'

// One algorithm, issuer and audience: no other token of ours opens a playlist, and this one opens nothing else (RFC 8725, 3.9).
const ALGORITHM = 'HS256'
const ISSUER = 'reelway'
const AUDIENCE = 'reelway-playlists'

// As a download URL: it changes once an hour, and lives for two.
const WINDOW_SECONDS = 60 * 60

/** A token that opens the playlists of one task: a player sends no Authorization header, so that it stands in their addresses. */
export const signPlaylistToken = ({ current }: SigningKeys, taskId: string): { token: string; expiresAt: Date } => {
  const iat = Math.floor(Date.now() / 1000 / WINDOW_SECONDS) * WINDOW_SECONDS
  const exp = iat + 2 * WINDOW_SECONDS
  const token = jwt.sign({ iat, exp }, current.secret, {
    algorithm: ALGORITHM,
    keyid: current.kid,
    subject: taskId,
    issuer: ISSUER,
    audience: AUDIENCE,
  })
  return { token, expiresAt: new Date(exp * 1000) }
}

/** Throws invalid_access_token unless a token opens the playlists of this very task, now. */
export const verifyPlaylistToken = (keys: SigningKeys, taskId: string, token: string): void => {
  try {
    jwt.verify(token, keyOf(keys, token).secret, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      subject: taskId,
    })
  } catch (cause) {
    throw reelwayError('invalid_access_token', undefined, { cause })
  }
}

/** Where a playlist of a task is, in this API. */
export const playlistUrl = (taskId: string, name: string, token: string): string =>
  `/api/tasks/${taskId}/hls/${name}.m3u8?token=${token}`
