import type { LogEntry } from '../support/log-entries.ts'

/**
 * Whether an entry matches a filter of the logging query language
 * (https://cloud.google.com/logging/docs/view/logging-query-language), of which it knows comparisons of one field with one
 * string, joined by AND: `=`, and `=~` for a regular expression. Throws for anything else.
 */
export const matchesLogFilter = (filter: string, entry: LogEntry): boolean =>
  filter.split(/\s+AND\s+/).every((comparison) => {
    const match = /^([\w.]+)(=~|=)"((?:[^"\\]|\\.)*)"$/.exec(comparison.trim())
    const [, path = '', operator, quoted = ''] = match ?? []
    if (match === null) throw new Error(`not a comparison of a field with a string: ${comparison}`)
    const value = fieldOf(entry, path)
    if (typeof value !== 'string') return false
    const wanted: unknown = JSON.parse(`"${quoted}"`)
    return operator === '=' ? value === wanted : new RegExp(String(wanted)).test(value)
  })

/** What `EXTRACT(path)` takes out of an entry; undefined when there is no such field. Throws for any other extractor. */
export const extract = (extractor: string, entry: LogEntry): unknown => {
  const path = /^EXTRACT\(([\w.]+)\)$/.exec(extractor)?.[1]
  if (path === undefined) throw new Error(`not the extraction of one field: ${extractor}`)
  return fieldOf(entry, path)
}

const fieldOf = (entry: LogEntry, path: string): unknown => {
  let value: unknown = entry
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.entries(value).find(([name]) => name === step)?.[1]
  }
  return value
}
