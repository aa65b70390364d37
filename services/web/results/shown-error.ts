import { errorCatalogue, errorCodes } from '@reelway/shared/errors/catalogue.ts'
import { errorSentence } from '@reelway/shared/errors/reelway-error.ts'
import type { z } from 'zod'
import type { errorSchema } from './error-schema.ts'

/**
 * The error that is stored with a row. A code that this release does not know, because a newer one wrote it before a rollback, is shown as
 * `internal`.
 */
export const shownError = (
  stored: string,
  parameters: Record<string, string | number> | null,
): z.infer<typeof errorSchema> => {
  const code = errorCodes.find((known) => known === stored) ?? 'internal'
  return { code, message: `${errorCatalogue[code].title}. ${errorSentence(code, parameters ?? {})}` }
}
