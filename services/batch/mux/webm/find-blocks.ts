import type { FileHandle } from 'node:fs/promises'

/** Where the bytes of a frame or packet are in a file. */
export type Place = { position: number; length: number }

// RFC 9559, 5.1: what holds others, and what holds packets.
const [SEGMENT, CLUSTER, BLOCK_GROUP] = [0x18538067, 0x1f43b675, 0xa0]
const MASTERS: ReadonlySet<number> = new Set([SEGMENT, CLUSTER, BLOCK_GROUP])
const BLOCKS: ReadonlySet<number> = new Set([0xa3, 0xa1])
// The longest ID and the longest size (RFC 8794, 4 and 5).
const MOST_HEAD_BYTES = 12
// The time of a block and its flags, behind the number of its track.
const TIME_AND_FLAGS_BYTES = 3

/** The packets of a track of a webm of ours, whose blocks hold one each, in their order. */
export async function* findBlocks(file: FileHandle, track: number): AsyncGenerator<Place> {
  const { size: fileBytes } = await file.stat()
  const head = Buffer.alloc(MOST_HEAD_BYTES)
  for (let position = 0; position < fileBytes; ) {
    const { bytesRead } = await file.read(head, 0, MOST_HEAD_BYTES, position)
    const id = numberAt(head, 0, true)
    const size = numberAt(head, id.bytes, false)
    const start = position + id.bytes + size.bytes
    if (id.bytes + size.bytes > bytesRead) return
    if (BLOCKS.has(id.value)) {
      await file.read(head, 0, MOST_HEAD_BYTES, start)
      const own = numberAt(head, 0, false)
      const headBytes = own.bytes + TIME_AND_FLAGS_BYTES
      if (own.value === track) yield { position: start + headBytes, length: size.value - headBytes }
    }
    position = MASTERS.has(id.value) ? start : start + size.value
  }
}

/** A number whose first bit that is set tells how many bytes it has; an ID keeps that bit. */
const numberAt = (bytes: Buffer, at: number, isId: boolean): { value: number; bytes: number } => {
  const first = bytes[at] ?? 0
  const count = Math.min(8, Math.clz32(first) - 23)
  let value = isId ? first : first & (0xff >> count)
  for (let index = 1; index < count; index++) value = value * 256 + (bytes[at + index] ?? 0)
  return { value, bytes: count }
}
