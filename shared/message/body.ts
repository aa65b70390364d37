import { z } from 'zod'

/** All that a message says: the database knows the rest. Unknown fields are ignored, so that web may be newer than batch. */
export const jobMessage = z.object({ jobId: z.uuid() })

export type JobMessage = z.infer<typeof jobMessage>
