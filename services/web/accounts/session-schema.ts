import { z } from 'zod'
import { timeSchema } from '../time-schema.ts'
import { userSchema } from './user-schema.ts'

/** The log-in of a browser. */
export const sessionSchema = z
  .strictObject({
    user: userSchema,
    expiresAt: timeSchema.describe('When it ends unless it is used.'),
  })
  .meta({ id: 'Session', description: 'The log-in of a browser, whose cookie comes with it.' })

export type SessionResource = z.infer<typeof sessionSchema>
