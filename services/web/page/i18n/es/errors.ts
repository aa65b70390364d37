import type { ErrorTexts } from '../error-texts.ts'
import { conversionErrorsEs } from './conversion-errors.ts'
import { requestErrorsEs } from './request-errors.ts'

/** Every error of the catalogue in Spanish, for people. */
export const errorTextsEs = { ...requestErrorsEs, ...conversionErrorsEs } as const satisfies ErrorTexts
