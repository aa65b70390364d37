import { z } from 'zod'

/** What the owner of a task is told about the uploaded video: the picture as it is seen, after rotation and with square pixels. */
export const sourceSummary = z.strictObject({
  container: z.string(),
  durationSeconds: z.number(),
  /** null, as the next three, for a source of sound alone */
  width: z.int().nullable(),
  height: z.int().nullable(),
  frameRate: z.number().nullable(),
  videoCodec: z.string().nullable(),
  audioCodec: z.string().nullable(),
  audioChannels: z.int().nullable(),
  audioSampleRateHz: z.int().nullable(),
})

export type SourceSummary = z.infer<typeof sourceSummary>
