/**
 * The first picture of an animated WebP file of ours, as a WebP file of its own, because ffmpeg 5.1 writes animations and cannot read them.
 * Those after it hold what has changed, on a transparent ground. Throws when the first does not cover the whole.
 */
export const stillOfWebp = (file: Buffer): Buffer => {
  const chunks = chunksOf(file, 12)
  const canvas = chunks.find(({ type }) => type === 'VP8X')
  // One lossy picture, when every frame is the same.
  if (canvas === undefined) return file
  const first = chunks.find(({ type }) => type === 'ANMF')
  const picture =
    first && chunksOf(first.data, ANMF_HEADER_BYTES).find(({ type }) => type === 'VP8 ' || type === 'VP8L')
  if (first === undefined || picture === undefined || !coversAll(first.data, canvas.data.subarray(4, 10))) {
    throw new Error('no picture of an animation covers all of it')
  }
  return riff(picture)
}

// Position, size, duration and flags (developers.google.com/speed/webp/docs/riff_container).
const ANMF_HEADER_BYTES = 16

const coversAll = (data: Buffer, size: Buffer): boolean =>
  data.readUIntLE(0, 6) === 0 && data.subarray(6, 12).equals(size)

type Chunk = { type: string; data: Buffer }

const chunksOf = (bytes: Buffer, from: number): Chunk[] => {
  const chunks: Chunk[] = []
  let at = from
  while (at + 8 <= bytes.length) {
    const end = at + 8 + bytes.readUInt32LE(at + 4)
    chunks.push({ type: bytes.toString('latin1', at, at + 4), data: bytes.subarray(at + 8, end) })
    // Chunks begin at even bytes.
    at = end + (end % 2)
  }
  return chunks
}

const riff = ({ type, data }: Chunk): Buffer => {
  const padding = data.length % 2
  const header = Buffer.alloc(20)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(12 + data.length + padding, 4)
  header.write(`WEBP${type}`, 8, 'latin1')
  header.writeUInt32LE(data.length, 16)
  return Buffer.concat([header, data, Buffer.alloc(padding)])
}
