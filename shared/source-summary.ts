import { z } from 'zod'

/** What the owner of a task is told about the uploaded video: the picture as it is seen, after rotation and with square pixels. */
export const sourceSummary = z
  .strictObject({
    container: z.string(),
    durationSeconds: z.number(),
    width: z.int().nullable().describe('In pixels; null, as the next three, for a source of sound alone.'),
    height: z.int().nullable(),
    frameRate: z.number().nullable(),
    videoCodec: z.string().nullable(),
    audioCodec: z.string().nullable().describe('Null, as the next two, for a source without sound.'),
    audioChannels: z.int().nullable(),
    audioSampleRateHz: z.int().nullable(),
  })
  .meta({
    id: 'Source',
    description: 'The uploaded video: the picture as it is seen, after rotation and with square pixels.',
  })

export type SourceSummary = z.infer<typeof sourceSummary>
