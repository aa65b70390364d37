/** Bytes that are made when they are needed, so that large tables never lie in memory as a whole. */
export type Lazy = { sizeBytes: number; buffers: () => Iterable<Buffer> }

const TABLE_BUFFER_BYTES = 64 * 1024

/** A box of four letters around what is in it, in order. */
export const box = (type: string, ...content: (Buffer | Lazy)[]): Lazy => {
  const parts = content.map((part) =>
    Buffer.isBuffer(part) ? { sizeBytes: part.length, buffers: () => [part] } : part,
  )
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 8)
  return {
    sizeBytes,
    *buffers() {
      yield Buffer.concat([uint32(sizeBytes), Buffer.from(type, 'latin1')])
      for (const part of parts) yield* part.buffers()
    },
  }
}

/** A box that begins with its version and 24 flags (ISO/IEC 14496-12, 4.2). */
export const fullBox = (type: string, version: number, flags: number, ...content: (Buffer | Lazy)[]): Lazy =>
  box(type, uint32(version * 2 ** 24 + flags), ...content)

export const uint32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4)
  return bytes
}

export const uint16 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2)
  return bytes
}

export const uint64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

/** A table of `count` numbers of 32 bits each, in the order in which they are made. */
export const words = (count: number, made: () => Iterable<number>): Lazy => ({
  sizeBytes: count * 4,
  *buffers() {
    let buffer = Buffer.alloc(Math.min(count * 4, TABLE_BUFFER_BYTES))
    let at = 0
    for (const word of made()) {
      if (at === buffer.length) {
        yield buffer
        buffer = Buffer.alloc(TABLE_BUFFER_BYTES)
        at = 0
      }
      at = buffer.writeUInt32BE(word, at)
    }
    yield buffer.subarray(0, at)
  },
})
