export type ByteRange = { first: number; last: number }

/** The bytes that a Range header asks for (RFC 9110, 14.1.2; one range); the whole of it when there is no such header. */
export const parseRange = (header: string | undefined, sizeBytes: number): ByteRange | 'unsatisfiable' => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  const [, from = '', to = ''] = match ?? []
  const whole = { first: 0, last: sizeBytes - 1 }
  if (match === null || (from === '' && to === '')) return whole
  if (from === '' && Number(to) === 0) return 'unsatisfiable'
  if (from === '') return { first: Math.max(0, sizeBytes - Number(to)), last: sizeBytes - 1 }
  const first = Number(from)
  const last = to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1)
  return first >= sizeBytes || last < first ? 'unsatisfiable' : { first, last }
}
