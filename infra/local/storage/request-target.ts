import { invalidArgument } from './refusals.ts'

/** A request target taken apart, names and values still as sent: a signature is about the very bytes. */
export type RequestTarget = {
  /** Path, percent-encoding kept, without the query. */
  path: string
  /** Query, percent-encoding kept, without the "?". */
  query: string
  /** The query's parameters, decoded. A name that comes twice keeps its first value. */
  parameters: ReadonlyMap<string, string>
}

/** Takes a request target apart. Not with URL: it would fold "//" and "/../", which are legal in object names. */
export const parseRequestTarget = (target: string): RequestTarget => {
  const at = target.indexOf('?')
  const path = at === -1 ? target : target.slice(0, at)
  const query = at === -1 ? '' : target.slice(at + 1)
  const parameters = new Map<string, string>()
  for (const [name, value] of queryPairs(query)) if (!parameters.has(name)) parameters.set(name, value)
  return { path, query, parameters }
}

/** The decoded name-value pairs of a raw query, in their order, repetitions kept. */
export const queryPairs = (query: string): [string, string][] =>
  query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=')
      const name = at === -1 ? pair : pair.slice(0, at)
      const value = at === -1 ? '' : pair.slice(at + 1)
      // "+" is a space in a query: the Node client form-encodes object names so, the Go client its signed queries.
      return [decodePercent(name.replaceAll('+', ' ')), decodePercent(value.replaceAll('+', ' '))]
    })

/** Decodes %XX as UTF-8. Throws the refusal of a malformed encoding. */
export const decodePercent = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    const refusal = invalidArgument('The URI is not validly percent-encoded.')
    refusal.cause = cause
    throw refusal
  }
}
