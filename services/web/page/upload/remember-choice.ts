import type { Choice } from './upload-record.ts'

const KEY = 'reelway.choice'

/**
 * What was chosen last in this browser: its preset alone, as options such as a trim are for one file. Else the one of `presets` that is the
 * service's default.
 */
export const rememberedChoice = (presets: readonly { name: string; default: boolean }[]): Choice => {
  const saved = localStorage.getItem(KEY)
  const preset = presets.find(({ name }) => name === saved) ?? presets.find((one) => one.default)
  return { preset: preset?.name ?? saved ?? FALLBACK, options: {} }
}

/** Remembers a choice for the files to come. */
export const rememberChoice = ({ preset }: Choice): void => localStorage.setItem(KEY, preset)

/** When the presets cannot be loaded: the service's first, and its default still. */
const FALLBACK = 'league'
