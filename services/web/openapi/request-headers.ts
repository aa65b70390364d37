import { z } from 'zod'

/** The header of requests that can be repeated safely. */
export const repeatable = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/)
    .optional()
    .describe('Of your choice: the same request with the same key makes one thing only, for 24 hours.'),
})

/** The headers of a request that waits for a change. */
export const waiting = z.object({
  Prefer: z.string().optional().meta({
    description:
      '`wait=N` holds the answer until something changes, for at most N seconds, and 60 in any case (RFC 7240).',
    example: 'wait=10',
  }),
  'If-None-Match': z.string().optional().describe('The ETag that you have: 304 when nothing has changed.'),
})
