/** A box of an mp4 or mov file: one with other boxes in it, or one with bytes. The size is that of what it holds. */
export type Box = { type: string; children: Box[] } | { type: string; payload: Buffer }

// ISO/IEC 14496-12, table 1: these hold boxes and nothing else.
const CONTAINERS: ReadonlySet<string> = new Set([
  ...['moov', 'trak', 'mdia', 'minf', 'stbl', 'edts', 'dinf', 'udta', 'mvex', 'moof', 'traf', 'mfra'],
])

const HEADER_BYTES = 8

/** The boxes of a file that a muxer of ours wrote: sizes of 32 bits, and nothing behind the last box. */
export const parseBoxes = (bytes: Buffer): Box[] => {
  const boxes: Box[] = []
  for (let at = 0; at + HEADER_BYTES <= bytes.length; ) {
    const size = Math.max(HEADER_BYTES, bytes.readUInt32BE(at))
    const type = bytes.toString('latin1', at + 4, at + HEADER_BYTES)
    const inside = bytes.subarray(at + HEADER_BYTES, at + size)
    boxes.push(CONTAINERS.has(type) ? { type, children: parseBoxes(inside) } : { type, payload: Buffer.from(inside) })
    at += size
  }
  return boxes
}

/** The bytes of boxes, each with the size of what it holds now. */
export const writeBoxes = (boxes: readonly Box[]): Buffer =>
  Buffer.concat(boxes.map((box) => writeBox(box.type, 'children' in box ? writeBoxes(box.children) : box.payload)))

/** One box around bytes. */
export const writeBox = (type: string, payload: Buffer): Buffer => {
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt32BE(HEADER_BYTES + payload.length, 0)
  header.write(type.padEnd(4).slice(0, 4), 4, 'latin1')
  return Buffer.concat([header, payload])
}

/** Every list of boxes in a tree, the outermost first. */
export const boxLists = (boxes: Box[]): Box[][] => [
  boxes,
  ...boxes.flatMap((box) => ('children' in box ? boxLists(box.children) : [])),
]

/** Every box that holds bytes, in the order of the file. */
export const boxesWithBytes = (boxes: readonly Box[]): { type: string; payload: Buffer }[] =>
  boxes.flatMap((box) => ('children' in box ? boxesWithBytes(box.children) : [box]))
