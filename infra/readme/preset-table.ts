import { defaultPresetName, presets } from '@reelway/shared/presets/catalogue.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import { table } from './table.ts'

/** The presets, as people who choose one see them. */
export const presetTable = (): string =>
  table(
    ['preset', 'what it makes', 'file'],
    Object.values<Preset>(presets).map(({ name, description, container }) => [
      `\`${name}\`${name === defaultPresetName ? ' (default)' : ''}`,
      description,
      `.${container.extension}, ${container.contentType}`,
    ]),
  )
