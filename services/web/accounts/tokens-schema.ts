import { z } from 'zod'

/** The answer to a log-in or a refresh (RFC 6749, 5.1, in camelCase). */
export const tokensSchema = z
  .strictObject({
    accessToken: z.string().describe('For the header "authorization: Bearer …".'),
    tokenType: z.literal('Bearer'),
    expiresIn: z.int().describe('How long the access token is valid, in seconds.'),
    refreshToken: z.string().describe('Gets the next pair, once.'),
  })
  .meta({ id: 'Tokens', description: 'What a program goes on with.' })

export type TokensAnswer = z.infer<typeof tokensSchema>
