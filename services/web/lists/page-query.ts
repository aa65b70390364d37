import { z } from 'zod'
import { decodeCursor } from './cursor.ts'

const count = 'Give a number from 1 to 100.'

/** Which page of a list is asked for, in the query of a URL. */
export const pageQuery = {
  limit: z.coerce
    .number(count)
    .int('Give a whole number from 1 to 100.')
    .min(1, count)
    .max(100, count)
    .default(20)
    .describe('How many at most.'),
  cursor: z
    .string()
    .transform((text, context) => {
      const position = decodeCursor(text)
      if (position === undefined)
        context.addIssue({ code: 'custom', message: 'Give a nextCursor exactly as it was answered.' })
      return position
    })
    .optional()
    .describe('The "nextCursor" of the page before.'),
  order: z.enum(['newest', 'oldest'], 'Choose "newest" or "oldest".').default('newest').describe('Which come first.'),
}
