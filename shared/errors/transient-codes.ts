import { type ErrorCode, errorCatalogue } from './catalogue.ts'

const isCode = (code: string): code is ErrorCode => code in errorCatalogue

/** The codes of errors that were ours: what failed with one of them may succeed another time. */
export const transientCodes: ErrorCode[] = Object.keys(errorCatalogue)
  .filter(isCode)
  .filter((code) => errorCatalogue[code].kind === 'transient')
