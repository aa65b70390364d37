import { createHash } from 'node:crypto'
import type { IdempotencyKey } from '@reelway/shared/db/idempotency-keys/create-once.ts'
import { InvalidInput } from '@reelway/shared/errors/invalid-input.ts'
import type { Request } from 'express'

/**
 * The client's key (draft-ietf-httpapi-idempotency-key-header), and what it was used for: the parsed input in the order of its schema, so
 * that another order of the same fields is the same request. Throws invalid_input for what is no key.
 */
export const idempotencyKeyOf = (request: Request, input: object): IdempotencyKey | undefined => {
  const key = request.get('idempotency-key')
  if (key === undefined) return undefined
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new InvalidInput([
      { pointer: '', detail: 'The header Idempotency-Key must be 1 to 255 printable characters without spaces.' },
    ])
  }
  return { key, bodyHash: createHash('sha256').update(JSON.stringify(input)).digest() }
}
