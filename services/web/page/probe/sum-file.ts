import { startWorker } from '../start-worker.ts'
import type { Sum } from './sum-worker.ts'
import url from './sum-worker.ts?worker&url'

/**
 * The CRC-32C of a whole file in base64, summed beside the page in a worker of its own, which ends with it. undefined: it cannot be read any
 * more. Throws AbortError when `signal` says so.
 */
export const sumFile = (file: Blob, signal: AbortSignal): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const worker = startWorker(url)
    const end = (settle: () => void) => {
      worker.terminate()
      settle()
    }
    worker.onmessage = ({ data }: MessageEvent<Sum>) => end(() => resolve('crc32c' in data ? data.crc32c : undefined))
    worker.onerror = ({ message }) => end(() => reject(new Error(`The worker that sums files failed: ${message}`)))
    signal.addEventListener('abort', () => end(() => reject(signal.reason)))
    worker.postMessage(file)
  })
