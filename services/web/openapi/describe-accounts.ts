import { credentials } from '../accounts/check-credentials.ts'
import { refreshTokenBody } from '../accounts/refresh.ts'
import { sessionSchema } from '../accounts/session-schema.ts'
import { newAccount } from '../accounts/sign-up.ts'
import { tokensSchema } from '../accounts/tokens-schema.ts'
import { userSchema } from '../accounts/user-schema.ts'
import { exampleSession, exampleTokens, exampleUser } from './example-values.ts'
import type { Operation } from './operation.ts'

const password = 'correct horse battery'

/** The routes of accounts, by method and path. */
export const accountOperations: Record<string, Operation> = {
  'POST /api/auth/signup': {
    id: 'signUp',
    tag: 'Accounts',
    summary: 'Make an account',
    caller: 'anybody',
    body: {
      schema: newAccount,
      examples: { account: { username: exampleUser.username, email: exampleUser.email, password } },
    },
    answers: { 201: { description: 'The new account.', schema: userSchema, examples: { account: exampleUser } } },
    errors: ['username_taken', 'email_taken', 'overloaded'],
    isLimited: true,
  },
  'POST /api/auth/login': {
    id: 'logIn',
    tag: 'Accounts',
    summary: 'Log in, as a program does',
    description:
      'By e-mail address or user name. The access token is valid for 15 minutes; the refresh token gets the next.',
    caller: 'anybody',
    body: {
      schema: credentials,
      examples: {
        'by e-mail address': { email: exampleUser.email, password },
        'by user name': { email: exampleUser.username, password },
      },
    },
    answers: { 200: { description: 'The tokens.', schema: tokensSchema, examples: { tokens: exampleTokens } } },
    errors: ['invalid_credentials', 'overloaded'],
    isLimited: true,
  },
  'POST /api/auth/refresh': {
    id: 'refresh',
    tag: 'Accounts',
    summary: 'Get the next pair of tokens',
    description: 'A refresh token can be used once. A second use ends its session, with all of its access tokens.',
    caller: 'anybody',
    body: {
      schema: refreshTokenBody,
      examples: { token: { refreshToken: exampleTokens.refreshToken } },
    },
    answers: { 200: { description: 'The next tokens.', schema: tokensSchema, examples: { tokens: exampleTokens } } },
    errors: ['invalid_refresh_token'],
    isLimited: true,
  },
  'POST /api/auth/logout': {
    id: 'logOut',
    tag: 'Accounts',
    summary: 'Log out',
    description:
      'Ends the session of a refresh token, and with it its access tokens. An unknown one is logged out in any case.',
    caller: 'anybody',
    body: {
      schema: refreshTokenBody,
      examples: { token: { refreshToken: exampleTokens.refreshToken } },
    },
    answers: { 204: { description: 'Logged out.' } },
    errors: [],
  },
  'POST /api/session': {
    id: 'openSession',
    tag: 'Accounts',
    summary: 'Log in, as a browser does',
    description:
      'By e-mail address or user name. The cookie that comes with the answer is kept by the browser, and no script can read it.',
    caller: 'browser',
    body: {
      schema: credentials,
      examples: { 'by e-mail address': { email: exampleUser.email, password } },
    },
    answers: {
      201: {
        description: 'The session.',
        headers: ['Set-Cookie'],
        schema: sessionSchema,
        examples: { session: exampleSession },
      },
    },
    errors: ['invalid_credentials', 'overloaded'],
    isLimited: true,
  },
  'DELETE /api/session': {
    id: 'closeSession',
    tag: 'Accounts',
    summary: 'Log out in a browser',
    description: 'Ends the session of the cookie at once, and takes the cookie away. 204 also when there was none.',
    caller: 'browser',
    answers: { 204: { description: 'Logged out.', headers: ['Set-Cookie'] } },
    errors: [],
  },
  'GET /api/me': {
    id: 'getMe',
    tag: 'Accounts',
    summary: 'Who you are',
    caller: 'user',
    answers: { 200: { description: 'Your account.', schema: userSchema, examples: { account: exampleUser } } },
    errors: [],
  },
}
