import { z } from 'zod'

/** A page of a list as the API shows it. */
export const listSchema = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    data: z.array(item),
    nextCursor: z.string().nullable().describe('What to ask for the next page with, as "cursor"; null at the end.'),
  })
