import { optionNames } from '@reelway/shared/options/task-options.ts'
import { defaultPresetName } from '@reelway/shared/presets/catalogue.ts'
import { LONGEST_SOURCE_SECONDS } from '@reelway/shared/presets/longest-source.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import { z } from 'zod'
import { expectResult } from './expect-result.ts'

/** A preset as the API shows it. */
export const presetResource = z.strictObject({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  default: z.boolean(),
  kind: z.enum(['video', 'animation', 'picture', 'sound']),
  container: z.string(),
  contentType: z.string(),
  extension: z.string(),
  /** null for sound alone */
  videoCodec: z.string().nullable(),
  /** null for what never has sound */
  audioCodec: z.string().nullable(),
  /** the names of the options that it has */
  options: z.array(z.enum(optionNames)),
  limits: z.strictObject({
    /** of a source, or of the part of it that a task asks for, at most so much is accepted */
    sourceSeconds: z.number(),
    /** of which only the first so many seconds are used; null: all */
    usedSeconds: z.number().nullable(),
    /** the size of every result, or the most that its shorter and its longer side may have */
    size: z
      .union([
        z.strictObject({ width: z.int(), height: z.int() }),
        z.strictObject({ shortSide: z.int(), longSide: z.int() }),
      ])
      .nullable(),
    framesPerSecond: z.strictObject({ min: z.number(), max: z.number() }).nullable(),
  }),
  /** what becomes of a minute of a typical source, about: measured material is a guide, not a promise */
  expected: z.strictObject({ sizeBytes: z.int(), conversionSeconds: z.number() }),
})

/** Everything about a preset that somebody who chooses one wants to know, from its data alone. */
export const describePreset = (preset: Preset): z.infer<typeof presetResource> => ({
  name: preset.name,
  title: preset.title,
  description: preset.description,
  default: preset.name === defaultPresetName,
  kind: kindOf(preset),
  container: preset.container.format,
  contentType: preset.container.contentType,
  extension: preset.container.extension,
  videoCodec: preset.video?.codec ?? null,
  audioCodec: preset.audio?.codec ?? null,
  options: [...preset.accepts],
  limits: {
    sourceSeconds: LONGEST_SOURCE_SECONDS,
    usedSeconds: preset.maxDurationSeconds,
    size: sizeOf(preset.canvas),
    framesPerSecond: rateOf(preset),
  },
  expected: expectResult(preset),
})

const kindOf = ({ container, video, still }: Preset): z.infer<typeof presetResource>['kind'] => {
  if (video === null) return 'sound'
  if (still !== null) return 'picture'
  return container.contentType.startsWith('image/') ? 'animation' : 'video'
}

type Limits = z.infer<typeof presetResource>['limits']

const rateOf = ({ still, frameRate }: Preset): Limits['framesPerSecond'] =>
  still === null && frameRate !== null ? { min: frameRate.minPerSecond, max: frameRate.maxPerSecond } : null

const sizeOf = (canvas: Preset['canvas']): Limits['size'] => {
  if (canvas === null) return null
  return canvas.kind === 'fixed'
    ? { width: canvas.width, height: canvas.height }
    : { shortSide: canvas.maxShortSide, longSide: canvas.maxLongSide }
}
