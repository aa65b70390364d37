import { signal } from '@preact/signals'
import type { Problem } from '@reelway/shared/errors/problem.ts'
import { ApiError } from './api-error.ts'

/** How often the API said that nobody is logged in, while somebody was: the session follows it. */
export const refusals = signal(0)

export type ApiCall = {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: `/api/${string}`
  body?: object
  signal?: AbortSignal
  /** the call outlives the page */
  keepalive?: boolean
  headers?: Record<string, string>
}

/**
 * One call of the API, with the cookie of the session. The answer has the type that the caller knows from the API's schema; the acceptance
 * tests hold the API to it. Throws ApiError.
 */
export const callApi = async <Answer>({ method = 'GET', path, body, ...rest }: ApiCall): Promise<Answer> => {
  const response = await request(path, {
    method,
    ...rest,
    headers: { ...rest.headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (response.status === 204) return await readNothing<Answer>(response)
  if (response.ok) return await readJson<Answer>(response)
  const problem = await readJson<Problem>(response)
  if (problem.code === undefined) throw new ApiError('unreadable', response.statusText)
  if (response.status === 401 && problem.code !== 'invalid_credentials') refusals.value += 1
  throw new ApiError(problem.code, problem.detail, { fields: problem.errors ?? [] })
}

const request = async (path: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init })
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new ApiError('offline', 'The network did not answer.', { cause })
  }
}

const readJson = async <Value>(response: Response): Promise<Value> => {
  try {
    return await response.json()
  } catch (cause) {
    throw new ApiError('unreadable', 'The answer cannot be read.', { cause })
  }
}

const readNothing = async <Answer>(response: Response): Promise<Answer> => {
  await response.body?.cancel()
  return JSON.parse('null')
}
