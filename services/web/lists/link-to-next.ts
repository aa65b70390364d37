import type { Request, Response } from 'express'

/** Names the next page of a list in the Link header (RFC 8288), as the same request with another cursor; nothing at the end of a list. */
export const linkToNext = (request: Request, response: Response, nextCursor: string | null): void => {
  if (nextCursor === null) return
  const query = new URLSearchParams(request.originalUrl.split('?', 2)[1])
  query.set('cursor', nextCursor)
  response.links({ next: `${request.path}?${query}` })
}
