import type { Text, TextParameters } from './text.ts'

/**
 * A text with its {placeholders} filled, in the plural form that `count` has in a language. Numbers are written as the language does; a
 * placeholder without a value stays as it stands.
 */
export const fillText = (text: Text, parameters: TextParameters, language: string): string => {
  const template = typeof text === 'string' ? text : pluralOf(text, parameters.count, language)
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name]
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : (value ?? whole)
  })
}

const pluralOf = (text: Exclude<Text, string>, count: string | number | undefined, language: string): string => {
  const form = new Intl.PluralRules(language).select(Number(count))
  if (form === 'one') return text.one
  return (form === 'many' ? text.many : undefined) ?? text.other
}
