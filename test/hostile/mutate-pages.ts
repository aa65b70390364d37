import type { Mutation } from './mutation.ts'

// RFC 3533: "OggS", version, flags, position of 64 bits, serial, sequence, checksum, number of segments, their sizes.
const HEADER_BYTES = 27

/** Changes the headers of Ogg pages (position, flags, serial, sequence, sizes), and makes their checksums right again. */
export const absurdPages: Mutation = (whole, random) => {
  const pages = pagesOf(whole)
  for (let left = random.pick([1, 3, pages.length]); left > 0; left -= 1) {
    const page = random.pick(pages)
    const fields = [
      () => page.writeBigUInt64LE(random.pick([0n, 1n, 0x7fff_ffff_ffff_ffffn, 0xffff_ffff_ffff_ffffn]), 6),
      () => page.writeUInt8(random.between(0, 255), 5),
      () => page.writeUInt32LE(random.pick([0, 1, 0xffff_ffff]), 14),
      () => page.writeUInt32LE(random.pick([0, 0xffff_ffff]), 18),
      () => page.writeUInt8(random.pick([0, 1, 255]), HEADER_BYTES),
    ]
    random.pick(fields)()
  }
  return Buffer.concat(pages.map(withChecksum))
}

/** Changes bytes of the packets in the first pages, which set the codecs up, and makes the checksums right again. */
export const absurdSetup: Mutation = (whole, random) => {
  const pages = pagesOf(whole)
  for (let left = random.pick([1, 3, 10]); left > 0; left -= 1) {
    const page = random.pick(pages.slice(0, 3))
    page[random.between(HEADER_BYTES, Math.min(page.length, 120) - 1)] = random.pick([0, 1, 0x7f, 0x80, 0xff])
  }
  return Buffer.concat(pages.map(withChecksum))
}

/** Drops, repeats or exchanges pages. */
export const rearrangePages: Mutation = (whole, random) => {
  const pages = pagesOf(whole)
  for (let left = random.pick([1, 3, 10]); left > 0; left -= 1) {
    const page = random.pick(pages)
    pages.splice(random.between(0, pages.length - 1), random.pick([0, 1]), ...random.pick([[], [page], [page, page]]))
  }
  return Buffer.concat(pages)
}

const pagesOf = (whole: Buffer): Buffer[] => {
  const starts: number[] = []
  for (let at = whole.indexOf('OggS'); at >= 0; at = whole.indexOf('OggS', at + HEADER_BYTES)) starts.push(at)
  return starts.map((start, number) => Buffer.from(whole.subarray(start, starts[number + 1])))
}

const withChecksum = (page: Buffer): Buffer => {
  page.writeUInt32LE(0, 22)
  page.writeUInt32LE(checksum(page), 22)
  return page
}

/** CRC-32 with the polynomial 0x04c11db7, from 0, no reflection. */
const checksum = (bytes: Buffer): number => {
  let sum = 0
  for (const byte of bytes) {
    sum ^= byte << 24
    for (let bit = 0; bit < 8; bit += 1) sum = sum < 0 ? (sum << 1) ^ 0x04c1_1db7 : sum << 1
  }
  return sum >>> 0
}
