import assert from 'node:assert/strict'
import { z } from 'zod'
import type { Answer } from '../support/client.ts'

const problem = z.object({ code: z.string(), detail: z.string(), status: z.number(), requestId: z.string() })

/** Asserts that a call was answered with a problem of this code and status, and with a sentence. */
export const assertRefused = async (call: Promise<Answer>, wanted: { code: string; status: number }): Promise<void> => {
  const { status, headers, body } = await call
  const { code, detail, status: stated } = problem.parse(body)
  assert.deepEqual({ code, status }, wanted)
  assert.equal(stated, status)
  assert.match(detail, /\.$/)
  assert.equal(headers.get('content-type')?.split(';')[0], 'application/problem+json')
}
