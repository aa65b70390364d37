import type { JsonObject } from './json.ts'

const STATUS_NAMES: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  412: 'FAILED_PRECONDITION',
  429: 'RESOURCE_EXHAUSTED',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
}

/** What the older APIs (storage, sqladmin, compute) call it. */
const REASONS: Record<number, string> = { 400: 'invalid', 403: 'forbidden', 404: 'notFound', 409: 'conflict' }

/** An answer that refuses, in the shape that all of Google's APIs share. */
export class Refusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }

  toBody(): JsonObject {
    const { status, message } = this
    const reason = REASONS[status] ?? 'backendError'
    return {
      error: {
        code: status,
        message,
        status: STATUS_NAMES[status] ?? 'UNKNOWN',
        errors: [{ domain: 'global', reason, message }],
      },
    }
  }
}

export const invalid = (message: string): Refusal => new Refusal(400, message)
export const notFound = (message: string): Refusal => new Refusal(404, message)
export const alreadyExists = (message: string): Refusal => new Refusal(409, message)
