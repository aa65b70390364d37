const CASTAGNOLI_REVERSED = 0x82f63b78 // RFC 3720, appendix B.4
const SLICES = 8

/**
 * The CRC-32C of what was summed so far followed by `bytes`. Start with 0. Eight bytes a step: a table of one byte a
 * step is slower than the disk.
 */
export const extendCrc32c = (crc: number, bytes: Uint8Array): number => {
  let state = ~crc
  let at = 0
  const steps = bytes.length - (bytes.length % SLICES)
  for (; at < steps; at += SLICES) {
    state ^= byte(bytes, at) | (byte(bytes, at + 1) << 8) | (byte(bytes, at + 2) << 16) | (byte(bytes, at + 3) << 24)
    state =
      entry(7, state) ^
      entry(6, state >>> 8) ^
      entry(5, state >>> 16) ^
      entry(4, state >>> 24) ^
      entry(3, byte(bytes, at + 4)) ^
      entry(2, byte(bytes, at + 5)) ^
      entry(1, byte(bytes, at + 6)) ^
      entry(0, byte(bytes, at + 7))
  }
  for (; at < bytes.length; at++) state = entry(0, state ^ byte(bytes, at)) ^ (state >>> 8)
  return ~state >>> 0
}

/** The sum as Cloud Storage writes it: base64 of its four bytes, big-endian (docs: "Hashes and ETags"). */
export const encodeCrc32c = (crc: number): string => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc)
  return bytes.toString('base64')
}

// A cast and not `?? 0`: both indexes are always inside, and this loop sees every byte of every object.
const byte = (bytes: Uint8Array, at: number): number => bytes[at] as number
const entry = (slice: number, value: number): number => tables[(slice << 8) | (value & 0xff)] as number

const makeTables = (): Int32Array => {
  const made = new Int32Array(SLICES * 256)
  for (let index = 0; index < 256; index++) {
    let value = index
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ CASTAGNOLI_REVERSED : value >>> 1
    made[index] = value
  }
  for (let at = 256; at < made.length; at++) {
    const before = made[at - 256] ?? 0
    made[at] = (made[before & 0xff] ?? 0) ^ (before >>> 8)
  }
  return made
}

const tables = makeTables()
