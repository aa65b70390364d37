import { z } from 'zod'

/** An account as the API shows it. */
export const userSchema = z
  .strictObject({ id: z.uuid(), username: z.string(), email: z.string() })
  .meta({ id: 'User', description: 'An account.' })

export type UserResource = z.infer<typeof userSchema>
