import type { RequestHandler } from 'express'

/** An API answers with data only: nothing in it is ever run, framed, or guessed to be something else (OWASP REST Security Cheat Sheet). */
export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
    'x-content-type-options': 'nosniff',
  })
  next()
}
