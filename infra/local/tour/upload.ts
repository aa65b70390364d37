import { open } from 'node:fs/promises'
import { z } from 'zod'

/** How to upload, as POST /api/tasks answers it. */
export const uploadAnswer = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
})

/** Chunks are multiples of 256 KiB (https://cloud.google.com/storage/docs/performing-resumable-uploads#chunked-upload). */
const CHUNK_BYTES = 8 * 1024 * 1024

/** Uploads a file in a resumable session: one POST opens it, each chunk is a PUT that is answered 308, the last one 200. */
export const uploadInChunks = async (
  upload: z.infer<typeof uploadAnswer>,
  path: string,
  sizeBytes: number,
): Promise<void> => {
  const { host } = new URL(upload.url)
  const start = await fetch(upload.url, { method: upload.method, headers: upload.headers })
  const session = start.headers.get('location')
  console.log(`  ${upload.method} signed URL at ${host} → ${start.status}, session URI in Location`)
  if (start.status !== 201 || session === null) throw new Error(`No upload session: ${await start.text()}`)
  await using file = await open(path)
  for (let first = 0; first < sizeBytes; ) {
    const length = Math.min(CHUNK_BYTES, sizeBytes - first)
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, first)
    const range = `bytes ${first}-${first + length - 1}/${sizeBytes}`
    const response = await fetch(session, { method: 'PUT', headers: { 'content-range': range }, body: buffer })
    console.log(`  PUT session, Content-Range: ${range} → ${response.status}`)
    if (response.status === 200 || response.status === 201) return
    if (response.status !== 308) throw new Error(`The upload was refused: ${await response.text()}`)
    // What the storage has kept decides where to go on, not what was sent.
    const kept = /^bytes=0-(\d+)$/.exec(response.headers.get('range') ?? '')?.[1]
    first = kept === undefined ? 0 : Number(kept) + 1
  }
}
