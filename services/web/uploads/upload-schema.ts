import { z } from 'zod'
import { timeSchema } from '../time-schema.ts'

/** How to upload a file: send `method` to `url` with exactly these headers. */
export const uploadSchema = z
  .strictObject({
    type: z.enum(['resumable', 'single']),
    method: z.enum(['POST', 'PUT']),
    url: z.url(),
    headers: z.record(z.string(), z.string()),
    expiresAt: timeSchema.describe('Until when it can be begun; what was begun may go on for a week.'),
  })
  .meta({
    id: 'Upload',
    description:
      'How to upload a file: send "method" to "url" with exactly these headers. resumable: POST begins a session, whose address comes back in Location and takes the bytes by PUT with Content-Range. single: one PUT takes all bytes.',
  })

export type UploadInstructions = z.infer<typeof uploadSchema>
