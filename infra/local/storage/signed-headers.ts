import { Refusal } from './refusal.ts'

/**
 * The canonical headers of a V4 request: one "name:value\n" for each signed header. Refused when a signed header was
 * not sent, or when a header that must be signed was sent without being so.
 *
 * Known: the answer to a signed header that is missing. Documented ("Canonical requests"): x-goog-* headers that are
 * sent must be signed. Assumed: the exact answer to one that is not, and that content-md5 is treated alike.
 */
export const canonicalHeaders = (
  sent: Readonly<Record<string, string | undefined>>,
  signedNames: readonly string[],
): string | Refusal => {
  const missing = signedNames.find((name) => sent[name] === undefined)
  if (missing !== undefined)
    return malformedHeader(missing, 'Header was included in signedheaders, but not in the request.')
  const unsigned = Object.keys(sent).find((name) => mustBeSigned(name) && !signedNames.includes(name))
  if (unsigned !== undefined)
    return malformedHeader(unsigned, 'Header was included in the request, but not in signedheaders.')
  return signedNames.map((name) => `${name}:${canonicalValue(name, sent[name] ?? '')}\n`).join('')
}

const mustBeSigned = (name: string): boolean => name.startsWith('x-goog-') || name === 'content-md5'

// Google's Node client signs the host name without its port, while every HTTP client sends the port when it is not
// the scheme's own: on storage.googleapis.com the two agree.
const canonicalValue = (name: string, value: string): string =>
  name === 'host' ? value.replace(/:\d+$/, '') : value.trim().replace(/\s{2,}/g, ' ')

const malformedHeader = (parameter: string, details: string): Refusal =>
  new Refusal({
    status: 400,
    code: 'MalformedSecurityHeader',
    reason: 'invalid',
    message: 'Invalid argument.',
    parameter,
    details: `Your request has a malformed header. ${details}`,
  })
