import { z } from 'zod'

/** The header of requests that can be repeated safely. */
export const repeatable = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/)
    .optional()
    .describe('Of your choice: the same request with the same key makes one thing only, for 24 hours.'),
})

/** The header of a request for what its client may have already. */
export const known = z.object({
  'If-None-Match': z.string().optional().describe('The ETag that you have: 304 when nothing has changed.'),
})

/** The header of a request that goes on where an earlier one ended. */
export const resuming = z.object({
  'Last-Event-ID': z.string().optional().meta({
    description: 'The id of the last event that you have. An EventSource sends it by itself.',
    example: '1795695715642-1259',
  }),
})

/** The headers of a request that waits for a change. */
export const waiting = known.extend({
  Prefer: z.string().optional().meta({
    description:
      '`wait=N` holds the answer until something changes, for at most N seconds, and 60 in any case (RFC 7240).',
    example: 'wait=10',
  }),
})
