import assert from 'node:assert/strict'
import { type ErrorCode, errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import { type Problem, problemSchema } from '@reelway/shared/errors/problem.ts'
import { type AssetResource, assetSchema, createdAssetSchema } from '@reelway/web/assets/asset-schema.ts'
import { createdTaskSchema, type TaskResource, taskSchema } from '@reelway/web/tasks/task-schema.ts'
import type { z } from 'zod'
import { checkAnswer } from './check-answer.ts'

export type Answer = { status: number; headers: Headers; text: string }

export type Caller = (
  method: string,
  path: string,
  options?: {
    token?: string
    json?: unknown
    headers?: Record<string, string>
    body?: string | Buffer<ArrayBuffer>
    signal?: AbortSignal
  },
) => Promise<Answer>

/** Makes a function that calls an API at `url`: `json` is sent as a JSON body, `token` as a bearer token. */
export const callerOf =
  (url: string): Caller =>
  async (method, path, { token, json, headers = {}, body, signal } = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(signal !== undefined && { signal }),
    })
    const answer = { status: response.status, headers: response.headers, text: await response.text() }
    // Of batch and of the page, nothing is documented.
    if (path.startsWith('/api/')) checkAnswer({ method, path, ...answer })
    return answer
  }

/** Asserts that an answer is the whole problem document of `code`, and returns it. */
export const assertProblem = (answer: Answer, code: ErrorCode): Problem => {
  const found = problemSchema.parse(JSON.parse(answer.text))
  assert.equal(found.code, code, answer.text)
  assert.equal(answer.status, errorCatalogue[code].status)
  assert.equal(found.status, answer.status)
  assert.equal(found.title, errorCatalogue[code].title)
  assert.equal(found.type, `/errors/${code}`)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json\b/)
  assert.equal(found.requestId, answer.headers.get('x-request-id'))
  assert.doesNotMatch(found.detail, /[{}]/, 'a placeholder was not filled')
  assert.equal(found.errors !== undefined, code === 'invalid_input')
  return found
}

/** Asserts that an answer is invalid_input at exactly these JSON Pointers, each with a sentence. */
export const assertInvalid = (answer: Answer, pointers: string[]): void => {
  const errors = assertProblem(answer, 'invalid_input').errors ?? []
  assert.deepEqual(errors.map(({ pointer }) => pointer).sort(), [...pointers].sort())
  for (const { detail } of errors) assert.match(detail, /^[A-Z].*\.$/)
}

/** The task in an answer, checked against its schema. */
export const taskIn = (answer: Answer): TaskResource => {
  assert.ok(answer.status < 300, answer.text)
  return taskSchema.parse(JSON.parse(answer.text))
}

/** The new task in an answer, and how to upload its file. */
export const createdIn = (answer: Answer): z.infer<typeof createdTaskSchema> => {
  assert.equal(answer.status, 201, answer.text)
  return createdTaskSchema.parse(JSON.parse(answer.text))
}

/** The new asset in an answer, and how to upload its file. */
export const createdAssetIn = (answer: Answer): z.infer<typeof createdAssetSchema> => {
  assert.equal(answer.status, 201, answer.text)
  return createdAssetSchema.parse(JSON.parse(answer.text))
}

/** The asset in an answer, checked against its schema. */
export const assetIn = (answer: Answer): AssetResource => {
  assert.equal(answer.status, 200, answer.text)
  return assetSchema.parse(JSON.parse(answer.text))
}
