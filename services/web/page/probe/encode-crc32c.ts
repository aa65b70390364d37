/** A CRC-32C as Cloud Storage and our API write it: base64 of its four bytes, big-endian. */
export const encodeCrc32c = (crc: number): string =>
  btoa(String.fromCharCode(crc >>> 24, (crc >>> 16) & 0xff, (crc >>> 8) & 0xff, crc & 0xff))
