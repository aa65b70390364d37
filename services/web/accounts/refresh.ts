import { rotateRefreshToken } from '@reelway/shared/db/sessions/rotate.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { RequestHandler } from 'express'
import { z } from 'zod'
import type { Dependencies } from '../dependencies.ts'
import { parseBody } from '../parse-body.ts'
import { enforceLimit, placeOf, REFRESH_BY_ADDRESS } from './limits.ts'
import { hashToken, newToken } from './opaque-token.ts'
import { tokenAnswer } from './token-answer.ts'

export const refreshTokenBody = z
  .strictObject({
    refreshToken: z
      .string('Give the refresh token.')
      .min(1, 'Give the refresh token.')
      .max(256, 'Give the refresh token exactly as it was answered.'),
  })
  .meta({ id: 'RefreshToken' })

/** POST /api/auth/refresh: a refresh token for a new pair of tokens. Each can be used once; a second use ends its session. */
export const refresh =
  ({ db, config, logger }: Dependencies): RequestHandler =>
  async (request, response) => {
    await enforceLimit(db, response, `refresh:address:${placeOf(request.ip)}`, REFRESH_BY_ADDRESS)
    const { refreshToken } = parseBody(refreshTokenBody, request)
    const successor = newToken()
    const rotated = await rotateRefreshToken(db, hashToken(refreshToken), hashToken(successor))
    if (rotated.kind === 'reused') {
      logger.warn('refresh token used twice: its session is revoked', { userId: rotated.userId })
    }
    if (rotated.kind !== 'rotated') throw reelwayError('invalid_refresh_token')
    response.json(tokenAnswer(config, rotated, successor))
  }
