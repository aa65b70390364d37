import { z } from 'zod'
import { timeSchema } from '../time-schema.ts'

/** The log-in of a browser. */
export const sessionSchema = z
  .strictObject({
    user: z.strictObject({ id: z.uuid(), username: z.string(), email: z.string() }).describe('Who has logged in.'),
    expiresAt: timeSchema.describe('When it ends unless it is used.'),
  })
  .meta({ id: 'Session', description: 'The log-in of a browser, whose cookie comes with it.' })

export type SessionResource = z.infer<typeof sessionSchema>
