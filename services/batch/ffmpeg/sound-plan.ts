import { soundLayouts, soundPreset } from '@reelway/shared/presets/schema.ts'
import { z } from 'zod'
import { saidMetadata } from './encode-plan.ts'

const codec = z.discriminatedUnion('codec', [
  z.strictObject({ codec: z.enum(['aac', 'opus']), bitsPerSecond: z.int().positive() }),
  z.strictObject({ codec: z.literal('mp3'), variableRate: z.int().min(0).max(9) }),
  z.strictObject({
    codec: z.literal('flac'),
    compressionLevel: z.int().min(0).max(12),
    bitsPerSample: z.union([z.literal(16), z.literal(24)]),
  }),
])

/** Everything a conversion to sound alone does, decided once, as encode-plan.ts does for a picture. It is always made in one run. */
export const soundPlan = z.strictObject({
  presetName: z.string(),
  container: soundPreset.shape.container,
  source: z.strictObject({
    container: z.string(),
    audioIndex: z.int().nonnegative(),
    audioChannels: z.int().positive().nullable().default(null),
    /** Of a picture beside it, which is not used but keeps the clock; null without one. */
    videoIndex: z.int().nonnegative().nullable(),
    /** Where its sound begins, in seconds from the source's start. */
    startSeconds: z.number().default(0),
    /** Where what is used of it begins, in seconds from the source's start. */
    fromSeconds: z.number().nonnegative(),
    /**
     * The whole second from which on it is decoded and resampled, before fromSeconds, where the source can be entered in its middle; 0:
     * from its start. A whole second is a whole sample at every rate.
     */
    enteredSeconds: z.int().nonnegative().default(0),
    sampleRateHz: z.int().positive().nullable().default(null),
    /** Where that ends, in seconds from the source's start, and who says so. */
    endSeconds: z.number().positive(),
    endKnownFrom: z.enum(['stream', 'container']),
    /** So far it is read; null: up to its end. */
    readSeconds: z.number().positive().nullable(),
  }),
  encoder: codec,
  sampleRateHz: z.int().positive(),
  layout: z.enum(soundLayouts),
  /** At most so many: a sound that ends before is not made longer. */
  samples: z.int().positive(),
  gainDb: z.number(),
  /** Of a picture in the source that the result has, too, as a cover, if it can be decoded; null: it has none. */
  coverIndex: z.int().nonnegative().nullable().default(null),
  metadata: saidMetadata.default({ tags: [], soundLanguage: null }),
  estimateSeconds: z.number().nonnegative(),
})

export type SoundPlan = z.infer<typeof soundPlan>
