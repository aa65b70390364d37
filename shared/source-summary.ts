import { z } from 'zod'

/** What the owner of a task is told about the uploaded video: the picture as it is seen, after rotation and with square pixels. */
export const sourceSummary = z.strictObject({
  container: z.string(),
  durationSeconds: z.number(),
  width: z.int(),
  height: z.int(),
  frameRate: z.number(),
  videoCodec: z.string(),
  audioCodec: z.string().nullable(),
  audioChannels: z.int().nullable(),
  audioSampleRateHz: z.int().nullable(),
})

export type SourceSummary = z.infer<typeof sourceSummary>
