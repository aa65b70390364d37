import { signal } from '@preact/signals'
import { chooseLanguage, type Language } from './choose-language.ts'
import { en } from './en.ts'
import type { ErrorTexts } from './error-texts.ts'
import type { Text } from './text.ts'

export type TextKey = keyof typeof en

/** What is said in a language. */
type Spoken = {
  language: Language
  texts: Record<TextKey, Text>
  /** Undefined: as the API says it, in English, but for what is meant for programs. */
  errors: ErrorTexts | undefined
  presets: Readonly<Record<string, { title: string; description: string }>>
}

const english: Spoken = { language: 'en', texts: en, errors: undefined, presets: {} }

/** The language of the page with its texts; whoever reads it in a component is drawn anew when it changes. */
export const spoken = signal<Spoken>(english)

const SAVED = 'reelway.language'

/** Brings the page into the language that is wanted (chooseLanguage), before it is drawn. */
export const startLanguage = (): Promise<void> =>
  speak(chooseLanguage({ search: location.search, saved: localStorage.getItem(SAVED), browser: navigator.languages }))

/** Changes the language of the page, and remembers it. */
export const changeLanguage = async (language: Language): Promise<void> => {
  localStorage.setItem(SAVED, language)
  await speak(language)
}

const speak = async (language: Language): Promise<void> => {
  spoken.value = language === 'en' ? english : await loadSpanish()
  document.documentElement.lang = language
}

const loadSpanish = async (): Promise<Spoken> => {
  const { spanish } = await import('./spanish.ts')
  return { language: 'es', ...spanish }
}
