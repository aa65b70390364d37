import type { ErrorRequestHandler, RequestHandler, Response } from 'express'
import type { Logger } from 'winston'
import { isDatabaseUnreachable } from '../db/is-database-unreachable.ts'
import { InvalidInput } from '../errors/invalid-input.ts'
import { problemOf } from '../errors/problem.ts'
import { ReelwayError, reelwayError } from '../errors/reelway-error.ts'
import { isStorageUnavailable } from '../storage/storage-errors.ts'
import { currentContext } from './request-context.ts'

/** For every 503, also of a database that is being restarted: RFC 9110, 10.2.3. */
const RETRY_AFTER_SECONDS = 5

/** Answers whatever no route took: 404 not_found. */
export const notFound: RequestHandler = () => {
  throw reelwayError('not_found')
}

/** Turns every error into application/problem+json; logs what is not the client's doing, with its causes. */
export const errorHandler =
  (logger: Logger): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const known = classify(error)
    if (known.status >= 500) {
      logger.error('request failed', { code: known.code, method: request.method, path: request.path, err: error })
    }
    // The head is gone already: only a broken connection can tell the client that the answer is not whole.
    if (response.headersSent) return next(error)
    sendProblem(response, known)
  }

const sendProblem = (response: Response, error: ReelwayError): void => {
  const problem = problemOf(error.code, {
    detail: error.message,
    requestId: currentContext()?.requestId ?? '',
    ...(error instanceof InvalidInput && { errors: error.errors }),
  })
  if (problem.status === 503) response.set('retry-after', String(RETRY_AFTER_SECONDS))
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

const classify = (error: unknown): ReelwayError => {
  if (error instanceof ReelwayError) return error
  if (isDatabaseUnreachable(error)) return reelwayError('not_ready', undefined, { cause: error })
  if (isStorageUnavailable(error)) return reelwayError('storage_unavailable', undefined, { cause: error })
  // The router could not decode a part of the path.
  if (error instanceof URIError) return reelwayError('not_found', undefined, { cause: error })
  return reelwayError('internal', undefined, { cause: error })
}
