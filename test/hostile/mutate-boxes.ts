import { type Box, boxLists, parseBoxes, writeBox, writeBoxes } from './box-tree.ts'
import type { Mutation } from './mutation.ts'

/** Exchanges two boxes of one list: the sound's table with the picture's place, the index with the data. */
export const swapBoxes: Mutation = (whole, random) => {
  const boxes = parseBoxes(whole)
  const list = random.pick(boxLists(boxes).filter(({ length }) => length > 1))
  const first = random.between(0, list.length - 1)
  const second = (first + random.between(1, list.length - 1)) % list.length
  const [a, b] = [list[first], list[second]]
  if (a !== undefined && b !== undefined) {
    list[first] = b
    list[second] = a
  }
  return writeBoxes(boxes)
}

/** Leaves one box out. */
export const removeBox: Mutation = (whole, random) => {
  const boxes = parseBoxes(whole)
  const list = random.pick(boxLists(boxes).filter(({ length }) => length > 0))
  list.splice(random.between(0, list.length - 1), 1)
  return writeBoxes(boxes)
}

/** Puts a box in again and again: a second index, 100 sample tables, 300 tracks. */
export const repeatBox: Mutation = (whole, random) => {
  const boxes = parseBoxes(whole)
  const list = random.pick(boxLists(boxes).filter(({ length }) => length > 0))
  const at = random.between(0, list.length - 1)
  const box = list[at]
  if (box !== undefined && box.type !== 'mdat') {
    list.splice(at, 0, ...Array.from({ length: random.pick([1, 3, 100, 300]) }, () => box))
  }
  return writeBoxes(boxes)
}

/** Wraps a box into itself, up to a hundred thousand levels deep. */
export const nestBoxes: Mutation = (whole, random) => {
  const boxes = parseBoxes(whole)
  const type = random.pick(['moov', 'trak', 'mdia', 'minf', 'stbl', 'udta', 'meta', 'wave', 'moof'])
  const depth = random.pick([10, 1_000, 20_000, 100_000])
  const list = random.pick(boxLists(boxes))
  // From the inside out by hand: a tree so deep is more than a stack of calls.
  const headers = Buffer.alloc(8 * depth)
  for (let level = 0; level < depth; level += 1) {
    headers.writeUInt32BE(8 * (depth - level), 8 * level)
    headers.write(type, 8 * level + 4, 'latin1')
  }
  list.splice(random.between(0, list.length), 0, { type, payload: headers.subarray(8) })
  return writeBoxes(boxes)
}

/** Says a wrong size for one box: none, less than its own header, twice what it is, more than the file, or of 64 bits. */
export const lieAboutSize: Mutation = (whole, random) => {
  const box = random.pick(boxPositions(whole, parseBoxes(whole), 0))
  const bytes = Buffer.from(whole)
  const size = bytes.readUInt32BE(box)
  const lie = random.pick([0, 1, 4, 7, 8, size - 1, size + 1, size * 2, whole.length * 2, 0x7fff_ffff, 0xffff_ffff])
  bytes.writeUInt32BE(Math.min(0xffff_ffff, Math.max(0, lie)), box)
  return bytes
}

/** Metadata that fills memory: strings of megabytes, thousands of tags, a tag in every language of a lie. */
export const bombMetadata: Mutation = (whole, random) => {
  const boxes = parseBoxes(whole)
  const { count, characters } = random.pick([
    { count: 1, characters: 12_000_000 },
    { count: 12, characters: 1_000_000 },
    { count: 20_000, characters: 20 },
    { count: 300, characters: 30_000 },
  ])
  const style = random.pick(['itunes', 'quicktime'])
  const tags = Array.from({ length: count }, (_, number) => tag(style, number, characters))
  const inside = style === 'itunes' ? writeBox('meta', itunesList(Buffer.concat(tags))) : Buffer.concat(tags)
  const moov = boxes.find(({ type }) => type === 'moov')
  if (moov !== undefined && 'children' in moov) moov.children.push({ type: 'udta', payload: inside })
  return writeBoxes(boxes)
}

const tag = (style: string, number: number, characters: number): Buffer => {
  const text = Buffer.alloc(characters, `${number} `)
  const type = ['\u00a9nam', '\u00a9too', '\u00a9cmt', '\u00a9day'][number % 4] ?? '\u00a9nam'
  // A string of QuickTime says its length in 16 bits: a longer one lies about it.
  const sized = (length: number) => Buffer.from([(length >> 8) & 0xff, length & 0xff, 0x15, 0xc7])
  if (style === 'quicktime') return writeBox(type, Buffer.concat([sized(characters), text]))
  return writeBox(type, writeBox('data', Buffer.concat([Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]), text])))
}

const itunesList = (tags: Buffer): Buffer =>
  Buffer.concat([
    Buffer.alloc(4),
    writeBox('hdlr', Buffer.concat([Buffer.alloc(8), Buffer.from('mdirappl'), Buffer.alloc(9)])),
    writeBox('ilst', tags),
  ])

/** Where in the file each box begins. */
const boxPositions = (whole: Buffer, boxes: readonly Box[], start: number): number[] => {
  let at = start
  return boxes.flatMap((box) => {
    const position = at
    at += whole.readUInt32BE(position)
    return [position, ...('children' in box ? boxPositions(whole, box.children, position + 8) : [])]
  })
}
