import { element, elementId, elementSize } from './element.ts'

const SIMPLE_BLOCK = 0xa3
const BLOCK_GROUP = 0xa0
const BLOCK = 0xa1
const DISCARD_PADDING = 0x75a2
const IS_KEY = 0x80

export type BlockHead = { track: number; clusterMillis: number; isKey: boolean }

/** Of a block that is nothing but its samples: ID, 4 bytes of size, track, time, flags. */
export const SIMPLE_HEADER_BYTES = 9

/** What comes before the bytes of a sample in a SimpleBlock (RFC 9559, 10.2). `clusterMillis` is the time in its cluster. */
export const simpleBlockHeader = (head: BlockHead, sampleBytes: number): Buffer => {
  const header = Buffer.allocUnsafe(SIMPLE_HEADER_BYTES)
  header.writeUInt8(SIMPLE_BLOCK, 0)
  header.writeUInt32BE((sampleBytes + 4) | 0x10000000, 1)
  writeHead(header, head, 5)
  return header
}

/**
 * What comes before and after the last packet of the sound, of which a decoder drops the last `discardNanos` (RFC 9559,
 * 5.1.3.5.7).
 */
export const paddedBlock = (
  head: BlockHead,
  sampleBytes: number,
  discardNanos: number,
): { before: Buffer; after: Buffer } => {
  const discarded = Buffer.alloc(4)
  discarded.writeInt32BE(discardNanos)
  const after = element(DISCARD_PADDING, discarded)
  const inner = Buffer.alloc(4)
  // A Block is no key or other frame: what it needs to be decoded, it would say itself.
  writeHead(inner, { ...head, isKey: false }, 0)
  const block = Buffer.concat([elementId(BLOCK), elementSize(sampleBytes + 4, 4), inner])
  const groupBytes = block.length + sampleBytes + after.length
  return { before: Buffer.concat([elementId(BLOCK_GROUP), elementSize(groupBytes, 4), block]), after }
}

const writeHead = (bytes: Buffer, { track, clusterMillis, isKey }: BlockHead, at: number): void => {
  bytes.writeUInt8(0x80 | track, at)
  bytes.writeInt16BE(clusterMillis, at + 1)
  bytes.writeUInt8(isKey ? IS_KEY : 0, at + 3)
}
