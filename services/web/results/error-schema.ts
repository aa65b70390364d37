import { errorCodes } from '@reelway/shared/errors/catalogue.ts'
import { z } from 'zod'

/** What went wrong with a task or an asset, as the API shows it. */
export const errorSchema = z
  .strictObject({
    code: z.enum(errorCodes).describe('Stable: made for programs.'),
    message: z.string().describe('What happened and what to do about it, for people.'),
  })
  .meta({ id: 'ShownError', description: 'What went wrong with a task or an asset.' })
