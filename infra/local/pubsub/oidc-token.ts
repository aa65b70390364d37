import { createHash } from 'node:crypto'
import jwt from 'jsonwebtoken'

/** The RS256 key that signs identity tokens: its id, and the private key as PEM. */
export type SigningKey = { kid: string; privateKeyPem: string }

// Google's identity tokens live one hour.
const TOKEN_SECONDS = 3600

/**
 * An identity token in the form that Google signs for a push or a scheduled call [Pub/Sub: authenticate push
 * subscriptions]: RS256 with the key's id, and the claims iss, aud, azp, sub, email, email_verified, iat, exp.
 * @param audience becomes the aud claim
 * @param email service account on whose behalf the call is made
 */
export const identityToken = (key: SigningKey, input: { audience: string; email: string }): string => {
  const account = accountNumber(input.email)
  const issuedAtSeconds = Math.floor(Date.now() / 1000)
  const claims = {
    iss: 'https://accounts.google.com',
    aud: input.audience,
    azp: account,
    sub: account,
    email: input.email,
    email_verified: true,
    iat: issuedAtSeconds,
    exp: issuedAtSeconds + TOKEN_SECONDS,
  }
  return jwt.sign(claims, key.privateKeyPem, { algorithm: 'RS256', keyid: key.kid })
}

// Google numbers its accounts with 21 digits that start with 1; here the same account always gets the same number.
const accountNumber = (email: string): string => {
  const digest = createHash('sha256').update(email).digest('hex')
  return `1${BigInt(`0x${digest}`).toString().slice(0, 20)}`
}
