import { LONGEST_DAYS } from '@reelway/shared/db/sessions/open-in-browser.ts'
import type { Request, Response } from 'express'

/** The prefix makes browsers refuse it from other hosts, from plain http, and for a part of the paths (RFC 6265bis, 4.1.3.2). */
export const SESSION_COOKIE = '__Host-session'
/** No script can read it, and no other site's page can make a browser send it. */
const ATTRIBUTES = { httpOnly: true, secure: true, sameSite: 'strict', path: '/' } as const

/** The session token that a browser sends along; undefined when there is none. */
export const sessionCookieIn = (request: Request): string | undefined => {
  for (const pair of (request.get('cookie') ?? '').split(';')) {
    const [name = '', value = ''] = pair.split('=', 2)
    if (name.trim() === SESSION_COOKIE && value.trim() !== '') return value.trim()
  }
  return undefined
}

/** Gives the browser the cookie, for as long as a session can last: when it ends earlier, the database says so. */
export const setSessionCookie = (response: Response, token: string): void => {
  response.cookie(SESSION_COOKIE, token, { ...ATTRIBUTES, maxAge: LONGEST_DAYS * 86_400_000 })
}

export const clearSessionCookie = (response: Response): void => {
  response.clearCookie(SESSION_COOKIE, ATTRIBUTES)
}
