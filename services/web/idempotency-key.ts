import { createHash } from 'node:crypto'
import type { IdempotencyKey } from '@reelway/shared/db/idempotency-keys/create-once.ts'
import { InvalidInput } from '@reelway/shared/errors/invalid-input.ts'

/**
 * The client's key (draft-ietf-httpapi-idempotency-key-header), and what it was used for: the parsed input in an order that is always
 * the same, so that another order of the same fields is the same request, also for a later release. Throws invalid_input for what is no key.
 */
export const idempotencyKeyOf = (
  request: { get: (header: string) => string | undefined },
  input: object,
): IdempotencyKey | undefined => {
  const key = request.get('idempotency-key')
  if (key === undefined) return undefined
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new InvalidInput([
      { pointer: '', detail: 'The header Idempotency-Key must be 1 to 255 printable characters without spaces.' },
    ])
  }
  return { key, bodyHash: createHash('sha256').update(JSON.stringify(input)).digest() }
}
