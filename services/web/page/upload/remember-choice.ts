import { signal } from '@preact/signals'
import type { Choice } from './upload-record.ts'

const KEY = 'reelway.choice'

/** The name of the preset that was chosen last in this browser. */
const saved = signal(localStorage.getItem(KEY))

/**
 * What the next files are to become: the preset that was chosen last, without options, as a trim is for one file only. Else the one of
 * `presets` that is the service's default. Whoever reads it in a component is drawn anew when it changes.
 */
export const rememberedChoice = (presets: readonly { name: string; default: boolean }[]): Choice => {
  const preset = presets.find(({ name }) => name === saved.value) ?? presets.find((one) => one.default)
  return { preset: preset?.name ?? saved.value ?? FALLBACK, options: {} }
}

/** Remembers the preset of a choice for the files to come. */
export const rememberChoice = ({ preset }: Choice): void => {
  saved.value = preset
  localStorage.setItem(KEY, preset)
}

/** When the presets cannot be loaded: the service's first, and its default still. */
const FALLBACK = 'league'
