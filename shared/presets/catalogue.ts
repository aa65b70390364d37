import { gif } from './gif.ts'
import { league } from './league.ts'
import { mp4720p } from './mp4-720p.ts'
import { poster } from './poster.ts'
import type { Preset } from './schema.ts'
import { webm720p } from './webm-720p.ts'
import { webp } from './webp.ts'

/** Every preset by its name, in the order in which they are shown. */
export const presets = {
  [league.name]: league,
  [mp4720p.name]: mp4720p,
  [webm720p.name]: webm720p,
  [gif.name]: gif,
  [webp.name]: webp,
  [poster.name]: poster,
} as const satisfies Record<string, Preset>

export type PresetName = keyof typeof presets

export const presetNames = [
  league.name,
  mp4720p.name,
  webm720p.name,
  gif.name,
  webp.name,
  poster.name,
] as const satisfies readonly PresetName[]

export const defaultPresetName = league.name

/** The preset of a name; undefined when there is none, for example because a newer revision of web knows more. */
export const findPreset = (name: string): Preset | undefined =>
  Object.values<Preset>(presets).find((preset) => preset.name === name)
