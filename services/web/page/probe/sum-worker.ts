import { sumBlob } from './sum-blob.ts'

/** What the worker answers: the checksum in base64, or that the file cannot be read. */
export type Sum = { crc32c: string } | { unreadable: true }

addEventListener('message', async ({ data }: MessageEvent<Blob>) => {
  postMessage(await sum(data))
})

const sum = async (file: Blob): Promise<Sum> => {
  try {
    return { crc32c: await sumBlob(file) }
  } catch {
    return { unreadable: true }
  }
}
