import { type ErrorCode, errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import { type ErrorText, errorTextsForPeople } from './error-texts.ts'
import { fillText } from './fill-text.ts'
import { formatBytes } from './format.ts'
import { spoken } from './language.ts'
import type { TextParameters } from './text.ts'

/**
 * An error of the API in the language of the page, for people: by its code, with the values that stand in `said`, the API's own sentence. A
 * code that only a newer release knows is told as the API says it.
 */
export const translateError = (code: string, said: string): ErrorText => {
  if (!isKnown(code)) return { title: said, detail: '' }
  const { title, detail } = errorCatalogue[code]
  const sentence = said.startsWith(`${title}. `) ? said.slice(title.length + 2) : said
  const { errors, language } = spoken.value
  const text = errors?.[code] ?? errorTextsForPeople[code]
  if (text === undefined) return { title, detail: sentence }
  return { title: text.title, detail: fillText(text.detail, parametersIn(sentence, detail), language) }
}

const isKnown = (code: string): code is ErrorCode => Object.hasOwn(errorCatalogue, code)

/** The values that stand in a sentence in the place of the {placeholders} of its template. Bytes are written as people read them. */
const parametersIn = (sentence: string, template: string): TextParameters => {
  const pattern = template
    .split(/\{(\w+)\}/)
    .map((piece, index) => (index % 2 === 0 ? RegExp.escape(piece) : `(?<${piece}>.+?)`))
    .join('')
  const found = Object.entries(new RegExp(`^${pattern}$`, 's').exec(sentence)?.groups ?? {})
  return Object.fromEntries(
    found.map(([name, value]) => {
      const number = Number(value)
      if (Number.isNaN(number)) return [name, value]
      return [name, name.endsWith('Bytes') ? formatBytes(number) : number]
    }),
  )
}
