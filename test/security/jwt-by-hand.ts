import { createHmac } from 'node:crypto'

/** A part of a JWT: JSON in base64url. */
export const jwtPart = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token that no library would make: signed with HMAC-SHA256 whatever its header says. */
export const jwtByHand = (header: object, claims: object, key: Buffer | string): string => {
  const content = `${jwtPart(header)}.${jwtPart(claims)}`
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`
}
