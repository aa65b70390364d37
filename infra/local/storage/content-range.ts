/** What the Content-Range of a session request says (docs: "Resumable uploads"). Bytes; `last` is included. */
export type ContentRange =
  /** No header: the body is the whole object. */
  | { kind: 'whole' }
  // "bytes STAR/TOTAL" or "bytes STAR/STAR" (STAR for an asterisk): asks how much is kept; with a total, finishes when that much is kept.
  | { kind: 'status'; total?: number }
  // "bytes A-B/TOTAL", "bytes A-B/STAR"; or "bytes A-STAR/TOTAL", "bytes A-STAR/STAR": from A to the end of the body.
  | { kind: 'bytes'; first: number; last?: number; total?: number }
  | { kind: 'malformed' }

/** Reads a Content-Range header. */
export const parseContentRange = (header: string | undefined): ContentRange => {
  if (header === undefined) return { kind: 'whole' }
  const match = /^bytes (?:\*|(\d{1,15})-(\*|\d{1,15}))\/(\*|\d{1,15})$/.exec(header.trim())
  if (match === null) return { kind: 'malformed' }
  const [, first, last, size] = match
  const total = size === '*' ? {} : { total: Number(size) }
  if (first === undefined) return { kind: 'status', ...total }
  const range = { kind: 'bytes', first: Number(first), ...(last !== '*' && { last: Number(last) }), ...total } as const
  if (range.last !== undefined && range.last < range.first) return { kind: 'malformed' }
  if (range.total !== undefined && (range.last ?? range.first - 1) >= range.total) return { kind: 'malformed' }
  return range
}
