/** The languages of the page; the first is spoken where none of them is wanted. */
export const languages = ['en', 'es'] as const

export type Language = (typeof languages)[number]

/** What the page is shown in: what its address asks for (`?lang=es`), else what was chosen before, else the first that the browser wants. */
export const chooseLanguage = (wishes: {
  search: string
  saved: string | null
  browser: readonly string[]
}): Language => {
  const asked = [new URLSearchParams(wishes.search).get('lang'), wishes.saved, ...wishes.browser]
  return asked.map(languageOf).find((language) => language !== undefined) ?? languages[0]
}

const languageOf = (tag: string | null): Language | undefined => {
  const primary = tag?.toLowerCase().split('-', 1)[0]
  return languages.find((language) => language === primary)
}
