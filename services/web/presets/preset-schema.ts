import { optionNames } from '@reelway/shared/options/task-options.ts'
import { z } from 'zod'

const sizeSchema = z.union([
  z.strictObject({ width: z.int(), height: z.int() }),
  z.strictObject({ shortSide: z.int(), longSide: z.int() }),
])

const limitsSchema = z.strictObject({
  sourceSeconds: z
    .number()
    .describe('Of a source, or of the part of it that a task asks for, at most so much is accepted.'),
  usedSeconds: z.number().nullable().describe('Of which only the first so many seconds are used; null: all.'),
  size: sizeSchema
    .nullable()
    .describe('In pixels: the size of every result, or the most that its shorter and its longer side may have.'),
  framesPerSecond: z.strictObject({ min: z.number(), max: z.number() }).nullable(),
})

/** A preset as the API shows it. */
export const presetSchema = z
  .strictObject({
    name: z.string().describe('What "preset" of a new task says.'),
    title: z.string().describe('A few words, for people.'),
    description: z.string(),
    default: z.boolean().describe('Whether it is taken when a task names none.'),
    kind: z
      .enum(['video', 'animation', 'picture', 'sound'])
      .describe('What comes of it: an animation is silent, and shown where pictures are.'),
    container: z.string().describe('The format of its file.'),
    contentType: z.string().describe('Of its file; of a stream, of its playlist.'),
    extension: z.string().describe('Of the name of its file, without a dot.'),
    videoCodec: z.string().nullable().describe('Null for sound alone.'),
    audioCodec: z.string().nullable().describe('Null for what never has sound.'),
    options: z.array(z.enum(optionNames)).describe('The names of the options that it has.'),
    limits: limitsSchema,
    expected: z
      .strictObject({ sizeBytes: z.int(), conversionSeconds: z.number() })
      .describe('What becomes of a minute of a typical source, about: a guide, not a promise.'),
  })
  .meta({ id: 'Preset', description: 'What a video can be converted to.' })

/** The answer to GET /api/presets. */
export const presetsSchema = z
  .strictObject({
    data: z.array(presetSchema),
    options: z
      .partialRecord(z.enum(optionNames), z.record(z.string(), z.unknown()))
      .describe('A JSON Schema for each option that a preset has, by its name.'),
    expectedOf: z
      .strictObject({ width: z.int(), height: z.int(), framesPerSecond: z.number(), durationSeconds: z.number() })
      .describe('The source that "expected" of each preset is about.'),
  })
  .meta({ id: 'Presets', description: 'All presets, and the options that they have.' })

export type PresetResource = z.infer<typeof presetSchema>
export type PresetsAnswer = z.infer<typeof presetsSchema>
