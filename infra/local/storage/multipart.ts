import { invalidArgument } from './refusals.ts'

/**
 * Reads a multipart/related body of exactly two parts (JSON API docs: "Multipart uploads"): a JSON part, which is
 * small, and the content, which is streamed. Throws InvalidArgument for anything else.
 */
export const readMultipart = async (
  contentType: string | undefined,
  body: AsyncIterable<Buffer>,
): Promise<{ json: string; contentType: string | undefined; content: AsyncGenerator<Buffer> }> => {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '')
  const delimiter = Buffer.from(`\r\n--${boundary?.[1] ?? boundary?.[2] ?? ''}`)
  if (boundary === null) throw invalidArgument('multipart/related without a boundary.')

  const reader = startReader(body)
  // The first delimiter may stand at the very beginning: pretend that a line ended before it.
  reader.unread(Buffer.from('\r\n'))
  await reader.until(delimiter)
  await reader.until(HEADERS_END)
  const json = await reader.until(delimiter)
  const contentHeaders = await reader.until(HEADERS_END)
  return {
    json: json.toString('utf8'),
    contentType: /^content-type:\s*(.+?)\s*$/im.exec(contentHeaders.toString('latin1'))?.[1],
    content: reader.streamUntil(delimiter),
  }
}

const HEADERS_END = Buffer.from('\r\n\r\n')
const SMALL_PART_BYTES = 1 << 20

type Reader = {
  unread(bytes: Buffer): void
  /** Everything before the mark, which is consumed. */
  until(mark: Buffer): Promise<Buffer>
  /** The same, in pieces. What comes after the mark is read and dropped. */
  streamUntil(mark: Buffer): AsyncGenerator<Buffer>
}

const startReader = (body: AsyncIterable<Buffer>): Reader => {
  const chunks = body[Symbol.asyncIterator]()
  let buffered: Buffer = Buffer.alloc(0)
  const more = async (): Promise<boolean> => {
    const next = await chunks.next()
    if (next.done) return false
    buffered = Buffer.concat([buffered, next.value])
    return true
  }
  return {
    unread(bytes) {
      buffered = Buffer.concat([bytes, buffered])
    },
    async until(mark) {
      for (let at = buffered.indexOf(mark); ; at = buffered.indexOf(mark)) {
        if (at !== -1) {
          const before = buffered.subarray(0, at)
          buffered = buffered.subarray(at + mark.length)
          return before
        }
        if (buffered.length > SMALL_PART_BYTES || !(await more())) throw invalidArgument('Malformed multipart body.')
      }
    },
    async *streamUntil(mark) {
      for (let at = buffered.indexOf(mark); at === -1; at = buffered.indexOf(mark)) {
        // What could be the beginning of the mark waits for the next chunk.
        const sure = Math.max(0, buffered.length - mark.length + 1)
        const piece = buffered.subarray(0, sure)
        buffered = buffered.subarray(sure)
        if (piece.length > 0) yield piece
        if (!(await more())) throw invalidArgument('Malformed multipart body.')
      }
      const last = buffered.subarray(0, buffered.indexOf(mark))
      if (last.length > 0) yield last
      buffered = Buffer.alloc(0)
      while (await more()) buffered = Buffer.alloc(0)
    },
  }
}
