import type { TextKey } from '../i18n/language.ts'

export type AccountField = 'login' | 'username' | 'email' | 'password'

/** What is wrong with each field of a log-in, before it is sent. */
export const checkLogIn = (given: { login: string; password: string }): Partial<Record<AccountField, TextKey>> => ({
  ...(given.login.trim() === '' && { login: 'session.missingLogin' }),
  ...(given.password === '' && { password: 'session.missingPassword' }),
})

/** What is wrong with each field of a new account, before it is sent, by the rules of the API. */
export const checkSignUp = (given: {
  username: string
  email: string
  password: string
}): Partial<Record<AccountField, TextKey>> => ({
  ...(!/^[\p{L}\p{N}._-]{3,32}$/u.test(given.username) && { username: 'session.badUsername' }),
  ...(!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given.email) && { email: 'session.badEmail' }),
  ...(given.password.length < 8 && { password: 'session.shortPassword' }),
})
