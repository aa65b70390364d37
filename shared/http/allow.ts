import type { RequestHandler } from 'express'
import { reelwayError } from '../errors/reelway-error.ts'

/** Closes a route: whatever method came this far is answered 405 with the Allow header (RFC 9110, 15.5.6). */
export const allow =
  (...methods: string[]): RequestHandler =>
  (_request, response) => {
    const list = methods.join(', ')
    response.set('allow', list)
    throw reelwayError('method_not_allowed', { allow: list })
  }
