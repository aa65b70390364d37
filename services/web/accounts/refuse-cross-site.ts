import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { Request } from 'express'

/**
 * Throws cross_site_request for a request that another site's page may have made a browser send (OWASP CSRF Prevention Cheat Sheet,
 * "Fetch Metadata"): one that can change something and does not come from our own origin, or whose body a plain form could have sent.
 */
export const refuseCrossSite = (request: Request): void => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return
  if (!isFromOurPages(request) || !hasJsonOrNothing(request)) throw reelwayError('cross_site_request')
}

/** Browsers that do not say where a request comes from (before 2023) still name the origin of those that change something. */
const isFromOurPages = (request: Request): boolean => {
  const site = request.get('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  return request.get('origin') === `${request.protocol}://${request.get('host')}`
}

const hasJsonOrNothing = (request: Request): boolean => {
  const hasBody = request.get('transfer-encoding') !== undefined || Number(request.get('content-length') ?? 0) > 0
  return !hasBody || request.is('application/json') === 'application/json'
}
