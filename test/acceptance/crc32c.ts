const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  return value
})

/** The CRC32C of some bytes as Cloud Storage writes it: base64 of 4 bytes, big-endian. */
export const crc32c = (bytes: Uint8Array): string => {
  let value = 0xffffffff
  for (const byte of bytes) value = (value >>> 8) ^ (TABLE[(value ^ byte) & 0xff] ?? 0)
  const result = Buffer.alloc(4)
  result.writeUInt32BE(~value >>> 0)
  return result.toString('base64')
}
