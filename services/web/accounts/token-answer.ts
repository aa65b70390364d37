import type { WebConfig } from '../config.ts'
import { ACCESS_TOKEN_SECONDS, type SigningKeys, signAccessToken } from './access-token.ts'
import type { TokensAnswer } from './tokens-schema.ts'

/** The keys of a configuration. */
export const signingKeys = (config: WebConfig): SigningKeys => ({
  current: config.JWT_KEY_CURRENT,
  previous: config.JWT_KEY_PREVIOUS,
})

/** The answer to a log-in or a refresh. */
export const tokenAnswer = (
  config: WebConfig,
  bearer: { userId: string; sessionId: string },
  refreshToken: string,
): TokensAnswer => ({
  accessToken: signAccessToken(signingKeys(config), bearer),
  tokenType: 'Bearer',
  expiresIn: ACCESS_TOKEN_SECONDS,
  refreshToken,
})
