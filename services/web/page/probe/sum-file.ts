import { startWorker } from '../start-worker.ts'
import type { TransferFailure } from '../upload/transfer-failure.ts'
import { waitToRetry } from '../upload/wait-to-retry.ts'
import type { Sum } from './sum-worker.ts'
import url from './sum-worker.ts?worker&url'

/** The CRC-32C of a file in base64, or why there is none. */
export type FileSum = { crc32c: string } | { failure: TransferFailure }

/** With the pauses between them some 8 s; who is offline waits longer. */
const TRIES = 5

/**
 * The CRC-32C of a whole file, summed beside the page in a worker of its own, which ends with it. Where the worker cannot be loaded, because the
 * network is away or a newer release is there, that is tried a few times. Throws AbortError when `signal` says so.
 */
export const sumFile = async (file: Blob, signal: AbortSignal): Promise<FileSum> => {
  for (let failures = 0; ; failures++) {
    const sum = await askWorker(file, signal)
    if (sum !== undefined) return 'crc32c' in sum ? sum : { failure: { kind: 'unreadable' } }
    if (failures + 1 >= TRIES && navigator.onLine) return { failure: { kind: 'not-loaded' } }
    await waitToRetry(failures, signal)
  }
}

/** What the worker says; undefined when there is none. */
const askWorker = (file: Blob, signal: AbortSignal): Promise<Sum | undefined> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const worker = startWorker(url)
    const end = (settle: () => void) => {
      worker.terminate()
      signal.removeEventListener('abort', give)
      settle()
    }
    const give = () => end(() => reject(signal.reason))
    worker.onmessage = ({ data }: MessageEvent<Sum>) => end(() => resolve(data))
    worker.onerror = () => end(() => resolve(undefined))
    signal.addEventListener('abort', give)
    worker.postMessage(file)
  })
