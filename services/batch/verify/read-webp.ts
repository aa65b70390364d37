/** What a WebP file holds: its size, and of an animation how many pictures, for how long all together, how often (0: for ever). */
export type WebpFacts = {
  width: number
  height: number
  animation: { pictures: number; milliseconds: number; loops: number } | null
}

const CHUNK_HEADER_BYTES = 8
// "RIFF", the size of what follows, "WEBP".
const FILE_HEADER_BYTES = 12

/**
 * Reads the structure of a WebP file (RIFF container, developers.google.com/speed/webp/docs/riff_container): undefined when it is
 * none, or is not complete to its last byte. ffmpeg 5.1 writes animations, but cannot read them.
 */
export const readWebp = (file: Buffer): WebpFacts | undefined => {
  if (file.length < FILE_HEADER_BYTES || file.toString('latin1', 0, 4) !== 'RIFF') return undefined
  if (file.toString('latin1', 8, 12) !== 'WEBP' || file.readUInt32LE(4) + CHUNK_HEADER_BYTES !== file.length) {
    return undefined
  }
  const chunks = chunksOf(file)
  const [first] = chunks ?? []
  if (chunks === undefined || first === undefined) return undefined
  if (first.type !== 'VP8X') return stillOf(first)
  const loops = chunks.find(({ type }) => type === 'ANIM')
  const pictures = chunks.filter(({ type }) => type === 'ANMF')
  if (first.data.length < 10 || loops === undefined || loops.data.length < 6) return undefined
  if (pictures.some(({ data }) => data.length < ANMF_HEADER_BYTES)) return undefined
  return {
    width: first.data.readUIntLE(4, 3) + 1,
    height: first.data.readUIntLE(7, 3) + 1,
    animation: {
      pictures: pictures.length,
      milliseconds: pictures.reduce((sum, { data }) => sum + data.readUIntLE(12, 3), 0),
      loops: loops.data.readUInt16LE(4),
    },
  }
}

// Position and size, duration, flags; its picture follows.
const ANMF_HEADER_BYTES = 16

type Chunk = { type: string; data: Buffer }

const chunksOf = (file: Buffer): Chunk[] | undefined => {
  const chunks: Chunk[] = []
  let at = FILE_HEADER_BYTES
  while (at < file.length) {
    if (at + CHUNK_HEADER_BYTES > file.length) return undefined
    const size = file.readUInt32LE(at + 4)
    const end = at + CHUNK_HEADER_BYTES + size
    if (end > file.length) return undefined
    chunks.push({ type: file.toString('latin1', at, at + 4), data: file.subarray(at + CHUNK_HEADER_BYTES, end) })
    // Chunks begin at even bytes.
    at = end + (size % 2)
  }
  return chunks
}

/** A film of which every frame is the same is stored as one lossy picture: behind its start code, 14 bits for each side. */
const stillOf = ({ type, data }: Chunk): WebpFacts | undefined => {
  if (type !== 'VP8 ' || data.length < 10 || data.readUIntBE(3, 3) !== 0x9d012a) return undefined
  return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff, animation: null }
}
