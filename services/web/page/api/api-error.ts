import type { ErrorCode } from '@reelway/shared/errors/catalogue.ts'

/** One thing that is wrong with what was sent: where (JSON Pointer) and what, in English. */
export type FieldError = { pointer: string; detail: string }

/**
 * A call of the API that came to nothing: an error of its catalogue; "offline" when no answer came; "unreadable" when what came is not the
 * API's (a proxy, a captive portal).
 */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ErrorCode | 'offline' | 'unreadable'
  readonly fields: readonly FieldError[]

  constructor(code: ApiError['code'], detail: string, options: ErrorOptions & { fields?: readonly FieldError[] } = {}) {
    super(detail, options)
    this.code = code
    this.fields = options.fields ?? []
  }
}
