import { conversionErrors } from './conversion-errors.ts'
import { requestErrors } from './request-errors.ts'

/**
 * Every error that a user, a client or an operator can meet, by its stable code. Codes are part of the API: never renamed,
 * only added. The README's table and every problem+json answer are made from this.
 */
export const errorCatalogue = { ...requestErrors, ...conversionErrors } as const

export type ErrorCode = keyof typeof errorCatalogue

/** Every code, in the order of the catalogue. */
export const errorCodes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]]
