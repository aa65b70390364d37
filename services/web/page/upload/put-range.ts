import type { StorageAnswer } from './read-storage-answer.ts'

export type RangeRequest = {
  sessionUri: string
  /** as in the header Content-Range: "bytes 0-99/200", or "bytes * /200" (without the space) to ask what is stored */
  contentRange: string
  /** left out to ask */
  body?: Blob
  signal: AbortSignal
  /** called with how many bytes of the body have left */
  onSent?: (bytes: number) => void
}

/** A connection that says nothing for so long is dead: a machine that slept, or a network that was changed, leaves such ones. */
const SILENCE_MILLIS = 60_000

/**
 * One request of the resumable protocol. By XMLHttpRequest, which alone tells how many bytes have left, and does not take a 308 without
 * Location for a redirect. Resolves to "broken" when there is no answer, also when the browser gives it up by itself. Throws AbortError when
 * `signal` says so.
 */
export const putRange = ({ sessionUri, contentRange, body, signal, onSent }: RangeRequest): Promise<StorageAnswer> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const startedAt = performance.now()
    const request = new XMLHttpRequest()
    let silence: ReturnType<typeof setTimeout> | undefined
    const hear = () => {
      clearTimeout(silence)
      silence = setTimeout(() => request.abort(), SILENCE_MILLIS)
    }
    const abort = () => request.abort()
    const end = (settle: () => void) => () => {
      clearTimeout(silence)
      signal.removeEventListener('abort', abort)
      settle()
    }
    request.upload.onprogress = ({ loaded }) => {
      hear()
      onSent?.(loaded)
    }
    request.onload = end(() =>
      resolve({
        status: request.status,
        range: request.getResponseHeader('range'),
        tookMillis: performance.now() - startedAt,
      }),
    )
    request.onerror = end(() => resolve('broken'))
    request.onabort = end(() => (signal.aborted ? reject(signal.reason) : resolve('broken')))
    signal.addEventListener('abort', abort)
    request.open('PUT', sessionUri)
    request.setRequestHeader('content-range', contentRange)
    hear()
    request.send(body ?? null)
  })
