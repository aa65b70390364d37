import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import jwt from 'jsonwebtoken'
import { keyOf, type SigningKeys } from '../accounts/access-token.ts'

/**
 * The address of a segment lives for 6 to 12 hours: Cloud Run's signatures are sure for 12 hours, then their key may be gone
 * (https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/signBlob). A player that stays for longer must
 * ask for the playlists again, from the task's resource on.
 */
export const SEGMENTS_WINDOW_SECONDS = 6 * 60 * 60

// One algorithm and issuer, audiences of their own: no other token of ours opens a playlist, and these open nothing else (RFC 8725, 3.9).
const ALGORITHM = 'HS256'
const ISSUER = 'reelway'

// A token changes once in a window, and lives for two. That of the master, which the task's resource shows, lives as a download URL. A
// player asks for a media playlist when it first switches to its size: the token for that, which the master shows, lives as segments do. It
// does not open the master, or whoever has one could have the next for ever.
const KINDS = {
  master: { audience: 'reelway-playlists', windowSeconds: 60 * 60 },
  media: { audience: 'reelway-media-playlists', windowSeconds: SEGMENTS_WINDOW_SECONDS },
} as const

/**
 * A token that opens the playlists of one task, all of them or the media playlists alone: a player sends no Authorization header, so that it
 * stands in their addresses.
 */
export const signPlaylistToken = (
  { current }: SigningKeys,
  taskId: string,
  kind: keyof typeof KINDS,
): { token: string; expiresAt: Date } => {
  const { audience, windowSeconds } = KINDS[kind]
  const iat = Math.floor(Date.now() / 1000 / windowSeconds) * windowSeconds
  const exp = iat + 2 * windowSeconds
  const token = jwt.sign({ iat, exp }, current.secret, {
    algorithm: ALGORITHM,
    keyid: current.kid,
    subject: taskId,
    issuer: ISSUER,
    audience,
  })
  return { token, expiresAt: new Date(exp * 1000) }
}

/** Throws invalid_access_token unless a token opens a playlist of that kind of this very task, now. */
export const verifyPlaylistToken = (
  keys: SigningKeys,
  { taskId, kind, token }: { taskId: string; kind: keyof typeof KINDS; token: string },
): void => {
  try {
    jwt.verify(token, keyOf(keys, token).secret, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: kind === 'master' ? KINDS.master.audience : [KINDS.master.audience, KINDS.media.audience],
      subject: taskId,
    })
  } catch (cause) {
    throw reelwayError('invalid_access_token', undefined, { cause })
  }
}

/** Where a playlist of a task is, in this API. */
export const playlistUrl = (taskId: string, name: string, token: string): string =>
  `/api/tasks/${taskId}/hls/${name}.m3u8?token=${token}`
