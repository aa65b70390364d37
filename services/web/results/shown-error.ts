import { type ErrorCode, errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import { errorSentence } from '@reelway/shared/errors/reelway-error.ts'
import { z } from 'zod'

const errorCodes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]]

/** What went wrong with a task or an asset, as the API shows it. */
export const errorResource = z.strictObject({ code: z.enum(errorCodes), message: z.string() })

/**
 * The error that is stored with a row. A code that this release does not know, because a newer one wrote it before a rollback, is shown as
 * `internal`.
 */
export const shownError = (
  stored: string,
  parameters: Record<string, string | number> | null,
): z.infer<typeof errorResource> => {
  const code = errorCodes.find((known) => known === stored) ?? 'internal'
  return { code, message: `${errorCatalogue[code].title}. ${errorSentence(code, parameters ?? {})}` }
}
