import { checkDatabaseVariables, commonVariables } from '@reelway/shared/config.ts'
import { z } from 'zod'

/** Everything that batch reads from its environment. */
export const batchVariables = z
  .object({
    ...commonVariables,
    PUSH_AUDIENCE: z.string().min(1).describe('audience of the tokens that Pub/Sub and the scheduler send'),
    PUSH_SERVICE_ACCOUNT: z.email().describe('service account whose tokens Pub/Sub sends'),
    SCHEDULER_SERVICE_ACCOUNT: z.email().describe('service account whose tokens the scheduler sends'),
    PUSH_TOKEN_CHECK: z
      .enum(['signature', 'cloud-run'])
      .default('signature')
      .describe('who verifies the signature of these tokens: batch, or Cloud Run in front of a private service'),
    PUSH_CERTS_URL: z.url().optional().describe("another address of Google's signing keys; leave out on Google Cloud"),
    ACK_DEADLINE_SECONDS: z.coerce
      .number()
      .int()
      .min(10)
      .max(600)
      .default(600)
      .describe('ack deadline of the jobs subscription: a conversion must fit into it'),
    FFMPEG_PATH: z.string().min(1).optional().describe('ffmpeg to use instead of ffmpeg-static or the one on PATH'),
    FFPROBE_PATH: z
      .string()
      .min(1)
      .optional()
      .describe('ffprobe to use instead of @ffprobe-installer/ffprobe or the one on PATH'),
    FFMPEG_THREADS: z.coerce
      .number()
      .int()
      .min(1)
      .max(64)
      .optional()
      .describe('threads that ffmpeg may use; the number of processors if left out'),
    WORK_DIR: z
      .string()
      .min(1)
      .optional()
      .describe("folder for the results while they are being made; the system's temporary folder if left out"),
    GIT_COMMIT: z.string().min(1).default('unknown').describe('commit that is running, shown by /version'),
  })
  // Always: else it would be left out while anything else is wrong.
  .superRefine(checkDatabaseVariables, { when: () => true })

export type BatchConfig = z.output<typeof batchVariables>
