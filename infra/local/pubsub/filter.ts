import { invalidArgument } from './rpc-error.ts'

// One condition of Pub/Sub's filter language; a key is a bare word or a quoted string.
const NAME = String.raw`([A-Za-z_][A-Za-z0-9_]*|"(?:[^"\\]|\\.)*")`
const TEXT = String.raw`("(?:[^"\\]|\\.)*")`
const EQUALS = new RegExp(String.raw`^attributes\.${NAME}\s*=\s*${TEXT}`)
const HAS_KEY = new RegExp(String.raw`^attributes\s*:\s*${NAME}`)
const HAS_PREFIX = new RegExp(String.raw`^hasPrefix\(\s*attributes\.${NAME}\s*,\s*${TEXT}\s*\)`)
const AND = /^\s+AND\s+/

export type Filter = (attributes: Readonly<Record<string, string>>) => boolean

/**
 * Turns a subscription's filter into a predicate over attributes; an empty filter accepts everything.
 * Understands equality, hasPrefix and has-key joined by AND. Throws INVALID_ARGUMENT for anything else of Google's
 * filter language (OR, NOT, !=, parentheses), because a filter half understood would lose messages.
 */
export const parseFilter = (filter: string): Filter => {
  const conditions: Filter[] = []
  let rest = filter.trim()
  while (rest !== '') {
    const { condition, length } = parseCondition(rest, filter)
    conditions.push(condition)
    rest = rest.slice(length)
    if (rest === '') break
    const and = AND.exec(rest)
    if (!and || rest.length === and[0].length) throw invalidFilter(filter)
    rest = rest.slice(and[0].length)
  }
  return (attributes) => conditions.every((condition) => condition(attributes))
}

const parseCondition = (rest: string, filter: string): { condition: Filter; length: number } => {
  const equals = EQUALS.exec(rest)
  if (equals) {
    const [key, value] = [word(equals[1]), word(equals[2])]
    return { condition: (attributes) => attributes[key] === value, length: equals[0].length }
  }
  const hasKey = HAS_KEY.exec(rest)
  if (hasKey) {
    const key = word(hasKey[1])
    return { condition: (attributes) => Object.hasOwn(attributes, key), length: hasKey[0].length }
  }
  const hasPrefix = HAS_PREFIX.exec(rest)
  if (hasPrefix) {
    const [key, prefix] = [word(hasPrefix[1]), word(hasPrefix[2])]
    return { condition: (attributes) => attributes[key]?.startsWith(prefix) ?? false, length: hasPrefix[0].length }
  }
  throw invalidFilter(filter)
}

const word = (token = ''): string => (token.startsWith('"') ? token.slice(1, -1).replace(/\\(.)/g, '$1') : token)

const invalidFilter = (filter: string) =>
  invalidArgument(`The local Pub/Sub does not understand the filter ${JSON.stringify(filter)}`)
