import { defaultPresetName } from '@reelway/shared/presets/catalogue.ts'
import { LONGEST_SOURCE_SECONDS } from '@reelway/shared/presets/longest-source.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import { expectResult } from './expect-result.ts'
import type { PresetResource } from './preset-schema.ts'

/** Everything about a preset that somebody who chooses one wants to know, from its data alone. */
export const describePreset = (preset: Preset): PresetResource => ({
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

const kindOf = ({ container, video, still }: Preset): PresetResource['kind'] => {
  if (video === null) return 'sound'
  if (still !== null) return 'picture'
  return container.contentType.startsWith('image/') ? 'animation' : 'video'
}

type Limits = PresetResource['limits']

const rateOf = ({ still, frameRate }: Preset): Limits['framesPerSecond'] =>
  still === null && frameRate !== null ? { min: frameRate.minPerSecond, max: frameRate.maxPerSecond } : null

const sizeOf = (canvas: Preset['canvas']): Limits['size'] => {
  if (canvas === null) return null
  return canvas.kind === 'fixed'
    ? { width: canvas.width, height: canvas.height }
    : { shortSide: canvas.maxShortSide, longSide: canvas.maxLongSide }
}
