// ISO/IEC 14496-2, 6.2: of a picture, its type is in the first two bits behind the start code; 2: it is predicted from both sides.
const PICTURE = Buffer.from([0, 0, 1, 0xb6])
const FROM_BOTH = 2
// A picture that is not coded: nothing changes. Five bits tell its time, as at 17 to 32 frames a second.
const NOTHING = Buffer.from([...PICTURE, 0b0101_0000, 0b0101_1111])

type Chunk = { id: string; data: Buffer; flags: number }

/**
 * An avi of MPEG-4 as DivX 5 and Xvid wrote it: a frame that is predicted from both sides stands in one chunk with the frame behind it
 * that it needs, and where it stood is one that is not coded.
 */
export const packBFrames = (bytes: Buffer): Buffer => {
  const movi = bytes.indexOf('movi')
  const end = movi - 4 + 4 + bytes.readUInt32LE(movi - 4)
  const index = bytes.indexOf('idx1', end)
  const head = bytes.subarray(0, movi + 4)
  const packed = pack(chunksIn(bytes.subarray(movi + 4, end), bytes.subarray(index + 8)))
  const entries: Buffer[] = []
  const parts: Buffer[] = []
  let offset = 4
  for (const { id, data, flags } of packed) {
    entries.push(Buffer.concat([Buffer.from(id), numbers(flags, offset, data.length)]))
    const part = Buffer.concat([Buffer.from(id), numbers(data.length), data, Buffer.alloc(data.length % 2)])
    parts.push(part)
    offset += part.length
  }
  const list = Buffer.concat(entries)
  const file = Buffer.concat([head, ...parts, Buffer.from('idx1'), numbers(list.length), list])
  file.writeUInt32LE(file.length - 8, 4)
  file.writeUInt32LE(offset, movi - 4)
  return file
}

const numbers = (...values: number[]): Buffer => {
  const buffer = Buffer.alloc(4 * values.length)
  for (const [place, value] of values.entries()) buffer.writeUInt32LE(value, 4 * place)
  return buffer
}

const chunksIn = (list: Buffer, index: Buffer): Chunk[] => {
  const chunks: Chunk[] = []
  for (let at = 0; at + 8 <= list.length; ) {
    const size = list.readUInt32LE(at + 4)
    const flags = index.readUInt32LE(16 * chunks.length + 4)
    chunks.push({ id: list.toString('latin1', at, at + 4), data: list.subarray(at + 8, at + 8 + size), flags })
    at += 8 + size + (size % 2)
  }
  return chunks
}

const pack = (chunks: readonly Chunk[]): Chunk[] => {
  const pictures = chunks.filter(isPicture).map(({ data, flags }) => ({ data: named(data), flags, type: typeOf(data) }))
  const packed = pictures.map(({ data, flags, type }, place) => {
    const next = pictures[place + 1]
    const isFollowed = next?.type === FROM_BOTH
    if (type !== FROM_BOTH) return { data: isFollowed ? Buffer.concat([data, next.data]) : data, flags }
    return { data: isFollowed ? next.data : NOTHING, flags }
  })
  return chunks.map((chunk) => (isPicture(chunk) ? { ...chunk, ...(packed.shift() ?? chunk) } : chunk))
}

const isPicture = ({ id }: Chunk): boolean => id === '00dc'

const typeOf = (data: Buffer): number => (data[data.indexOf(PICTURE) + PICTURE.length] ?? 0) >> 6

/** Whoever packs says so, in what it calls itself. */
const named = (data: Buffer): Buffer =>
  Buffer.from(
    data.toString('latin1').replace(/Lavc[\d.]+/, (name) => 'DivX503b1393p'.padEnd(name.length)),
    'latin1',
  )
