import type { PresetResource } from '../../presets/preset-schema.ts'
import { spoken } from '../i18n/language.ts'
import { presets } from './presets.ts'

/** The title of a preset in the language of the page; its name while the presets are not loaded, or when it is none of them any more. */
export const presetTitle = (name: string): string =>
  spoken.value.presets[name]?.title ?? presets.value?.find((preset) => preset.name === name)?.title ?? name

/** What a preset makes, in the language of the page. */
export const presetDescription = ({ name, description }: PresetResource): string =>
  spoken.value.presets[name]?.description ?? description.replaceAll('`', '')
