import type { ErrorCode } from '@reelway/shared/errors/catalogue.ts'
import { type Problem, problemOf } from '@reelway/shared/errors/problem.ts'
import { errorSentence } from '@reelway/shared/errors/reelway-error.ts'

/** What the placeholders of the catalogue's sentences may stand for. */
const PARAMETERS = {
  limitBytes: 65_536,
  allow: 'GET, POST',
  limit: 20,
  retryAfterSeconds: 30,
  reason: 'Files of type .exe are not accepted.',
  accepted: 'video files: mp4, mov, mkv, webm',
  sizeBytes: 214_748_364_800,
  status: 'completed',
  advice: 'Only a failed or cancelled task can be retried.',
  announcedBytes: 48_213_377,
  uploadedBytes: 1_048_576,
  announced: '4waSgw==',
  uploaded: 'yZRlqg==',
  startSeconds: 90,
  durationSeconds: 61.2,
  width: 1920,
  height: 1080,
  right: 2000,
  bottom: 1080,
}

/** The answer of a code, with everything that it may hold. */
export const exampleProblem = (code: ErrorCode): Problem =>
  problemOf(code, {
    detail: errorSentence(code, PARAMETERS),
    requestId: '5f0c1f0e-3c39-4b9a-9d2e-6a2f8f1f7c55',
    ...(code === 'invalid_input' && {
      errors: [{ pointer: '/sizeBytes', detail: 'Give the size of the file in bytes.' }],
    }),
  })
