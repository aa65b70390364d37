import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { Request, RequestHandler, Response } from 'express'
import { type SigningKeys, verifyAccessToken } from './access-token.ts'

/** A handler that knows who is asking. */
export type UserHandler = (request: Request, response: Response, userId: string) => Promise<void> | void

/**
 * Lets a handler see only requests with a valid access token (RFC 6750) whose session lives: what was logged out, or revoked because
 * its refresh token was used twice, ends at once. Throws 401 with WWW-Authenticate otherwise.
 */
export const authenticated =
  (keys: SigningKeys, isLive: (session: { userId: string; sessionId: string }) => Promise<boolean>) =>
  (handler: UserHandler): RequestHandler =>
  async (request, response) => {
    const token = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1]
    response.set('www-authenticate', token === undefined ? 'Bearer' : 'Bearer error="invalid_token"')
    if (token === undefined) throw reelwayError('unauthenticated')
    const { userId, sessionId } = verifyAccessToken(keys, token)
    if (sessionId !== undefined && !(await isLive({ userId, sessionId }))) throw reelwayError('invalid_access_token')
    response.removeHeader('www-authenticate')
    await handler(request, response, userId)
  }
