import type { oas31 } from 'zod-openapi'

/** The headers of answers that mean something to clients, by the names of their components in the document. */
export const answerHeaders = {
  'X-Request-Id': {
    description: 'Names this request in the logs: say it when something went wrong.',
    required: true,
    schema: { type: 'string', format: 'uuid' },
    example: '5f0c1f0e-3c39-4b9a-9d2e-6a2f8f1f7c55',
  },
  Location: {
    description: 'Where what was made is.',
    required: true,
    schema: { type: 'string' },
    example: '/api/tasks/0198c0de-7a3b-7d42-9f3e-2b6a1c5d4e3f',
  },
  'Idempotent-Replayed': {
    description: 'The same request with the same Idempotency-Key came before: this is what was made then.',
    schema: { type: 'string', const: 'true' },
    example: 'true',
  },
  'Set-Cookie': {
    description: 'The cookie of the session, or what takes it away.',
    required: true,
    schema: { type: 'string' },
    example: '__Host-session=kq3l0m8Yw1v9b4Ssn7tGdQe5Jr2ZxUoP6cAhVfNiTyE; Path=/; HttpOnly; Secure; SameSite=Strict',
  },
  ETag: {
    description: 'Stands for this answer, to be sent in If-None-Match.',
    required: true,
    schema: { type: 'string' },
    example: '"n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg"',
  },
  'Preference-Applied': {
    description: 'How long the answer was held for a change at most (RFC 7240), when that was asked for.',
    schema: { type: 'string' },
    example: 'wait=10',
  },
  Link: {
    description: 'The next page as `<address>; rel="next"` (RFC 8288); without it, this is the last.',
    schema: { type: 'string' },
    example: '</api/tasks?limit=20&cursor=WyIyMDI2LTExLTI2VDEwOjAwOjAwLjAwMFoiXQ>; rel="next"',
  },
  'WWW-Authenticate': {
    description: 'How to say who you are (RFC 6750).',
    required: true,
    schema: { type: 'string' },
    example: 'Bearer error="invalid_token"',
  },
  'Retry-After': {
    description: 'When to try again, in seconds.',
    required: true,
    schema: { type: 'string', pattern: '^[0-9]+$' },
    example: '5',
  },
  'RateLimit-Policy': {
    description:
      'The allowances that a request takes from (draft-ietf-httpapi-ratelimit-headers-11): "q" at once, of which all are there again after "w" seconds.',
    schema: { type: 'string' },
    example: '"login-address";q=100;w=300, "login-account";q=10;w=300',
  },
  RateLimit: {
    description:
      'What is left of them: "r" at once, and one more after "t" seconds. What is left of an account is told only when nothing is.',
    schema: { type: 'string' },
    example: '"login-address";r=99;t=3',
  },
  Allow: {
    description: 'The methods that this address takes.',
    required: true,
    schema: { type: 'string' },
    example: 'GET, POST',
  },
} as const satisfies Record<string, oas31.HeaderObject>

export type HeaderName = keyof typeof answerHeaders
