import { OAuth2Client } from 'google-auth-library'
import { z } from 'zod'
import { parseJson } from '../parse-json.ts'

export type PushAuth = {
  /** the `aud` that our subscriptions ask for */
  audience: string
  /** the service accounts that may push: Pub/Sub's and the scheduler's */
  emails: readonly string[]
  /**
   * signature: verify the token fully. cloud-run: Cloud Run has verified it already (IAM) and replaced its signature by
   * SIGNATURE_REMOVED_BY_GOOGLE, so that only the claims can be compared
   * (https://cloud.google.com/run/docs/troubleshooting#signature-removed).
   */
  check: 'signature' | 'cloud-run'
  /** another address of Google's signing keys; leave out on Google Cloud */
  certsUrl?: string | undefined
}

export type PushVerdict = { kind: 'authentic'; email: string } | { kind: 'refused'; reason: string }

// https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions#jwt-format
const claims = z.object({
  iss: z.enum(['https://accounts.google.com', 'accounts.google.com']),
  aud: z.string(),
  email: z.string(),
  email_verified: z.literal(true),
  exp: z.number(),
})

/** Makes the check of a push request's Authorization header. Refusals say why, and never quote the token. */
export const makePushVerifier = (auth: PushAuth): ((authorization: string | undefined) => Promise<PushVerdict>) => {
  const client = new OAuth2Client(
    auth.certsUrl === undefined
      ? {}
      : {
          endpoints: {
            oauth2FederatedSignonPemCertsUrl: auth.certsUrl,
            oauth2FederatedSignonJwkCertsUrl: auth.certsUrl,
          },
        },
  )
  return async (authorization) => {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) return { kind: 'refused', reason: 'there is no bearer token' }
    const payload =
      auth.check === 'signature' ? await verifiedPayload(client, token, auth.audience) : decodedPayload(token)
    const parsed = claims.safeParse(payload)
    if (!parsed.success)
      return { kind: 'refused', reason: 'the token is not one of Google for a verified e-mail address' }
    if (parsed.data.aud !== auth.audience) return { kind: 'refused', reason: 'the token is for another audience' }
    if (!auth.emails.includes(parsed.data.email)) return { kind: 'refused', reason: 'the token is of another account' }
    if (parsed.data.exp * 1000 < Date.now()) return { kind: 'refused', reason: 'the token has expired' }
    return { kind: 'authentic', email: parsed.data.email }
  }
}

const verifiedPayload = async (client: OAuth2Client, idToken: string, audience: string): Promise<unknown> => {
  try {
    return (await client.verifyIdToken({ idToken, audience })).getPayload()
  } catch (error) {
    // The library has one class of error for "not valid", and its message quotes the token. What is no answer about the token
    // (the keys could not be fetched) is thrown on, so that Pub/Sub delivers again.
    if (error instanceof Error && 'config' in error) throw error
    return undefined
  }
}

const decodedPayload = (token: string): unknown => {
  const [, payload = ''] = token.split('.')
  return parseJson(Buffer.from(payload, 'base64url').toString('utf8'))
}
