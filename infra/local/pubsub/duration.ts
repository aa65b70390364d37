import { z } from 'zod'

/** google.protobuf.Duration as proto-loader gives and takes it. */
export const durationSchema = z.object({ seconds: z.number().default(0), nanos: z.number().default(0) })

export type Duration = z.infer<typeof durationSchema>

/** Length of a google.protobuf.Duration in milliseconds, fractions kept. */
export const milliseconds = (duration: Duration): number => duration.seconds * 1000 + duration.nanos / 1_000_000
