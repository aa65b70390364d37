import type { en } from './en.ts'
import { fillText } from './fill-text.ts'
import { spoken, type TextKey } from './language.ts'
import type { TextParameters } from './text.ts'

type Placeholders<Template> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never

type TemplateOf<Key extends TextKey> = (typeof en)[Key] extends { other: infer Other } ? Other : (typeof en)[Key]

type Parameters<Key extends TextKey> =
  Placeholders<TemplateOf<Key>> extends never ? [] : [Record<Placeholders<TemplateOf<Key>>, string | number>]

/** A text of the page in its language. Every {placeholder} must be given: the compiler checks the names. */
export const t = <Key extends TextKey>(key: Key, ...[parameters]: Parameters<Key>): string => {
  const filled: TextParameters = parameters ?? {}
  return fillText(spoken.value.texts[key], filled, spoken.value.language)
}
