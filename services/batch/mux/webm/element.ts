/** The bytes of an EBML element (RFC 8794): an ID as in the specification of Matroska, a size, and the content. */
export const element = (id: number, ...content: Buffer[]): Buffer => {
  const sizeBytes = content.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([elementId(id), elementSize(sizeBytes), ...content])
}

/** An element that holds a whole number, in as few bytes as it needs, or in `bytes`. */
export const uint = (id: number, value: number, bytes?: number): Buffer => {
  const content = Buffer.alloc(8)
  content.writeBigUInt64BE(BigInt(value))
  const needed = Math.max(1, content.length - content.findIndex((byte) => byte !== 0))
  return element(id, content.subarray(8 - (bytes ?? (value === 0 ? 1 : needed))))
}

/** An element that holds a number of 64 bits with a floating point. */
export const float = (id: number, value: number): Buffer => {
  const content = Buffer.alloc(8)
  content.writeDoubleBE(value)
  return element(id, content)
}

export const text = (id: number, value: string): Buffer => element(id, Buffer.from(value))

/** An element that holds a time, in nanoseconds since 2001 (RFC 8794, 7.6). */
export const date = (id: number, time: Date): Buffer => {
  const content = Buffer.alloc(8)
  content.writeBigInt64BE(BigInt(time.getTime() - Date.UTC(2001, 0, 1)) * 1_000_000n)
  return element(id, content)
}

/** The ID of an element: its own bytes say how many they are. */
export const elementId = (id: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(id)
  return bytes.subarray(bytes.findIndex((byte) => byte !== 0))
}

/** The size of an element in 1, 4 or 8 bytes: few sizes, so that it is easily known beforehand how large a header is. */
export const elementSize = (sizeBytes: number, bytes: 1 | 4 | 8 = sizeBytes < 127 ? 1 : 4): Buffer => {
  const size = Buffer.alloc(8)
  // The first bit that is set tells how many bytes there are.
  size.writeBigUInt64BE(BigInt(sizeBytes) | (1n << BigInt(7 * bytes)))
  return size.subarray(8 - bytes)
}
