import { type Box, parseBoxes, writeBoxes } from '../hostile/box-tree.ts'
import type { Recipe } from './recipe.ts'

// ISO/IEC 14496-12, 8.3.2: what comes before the matrix in a track header of version 0.
const MATRIX_OFFSET = 40
// The same, 8.5.2: a sample description begins with its version and the number of its entries.
const ENTRY_OFFSET = 8

/**
 * An mp4 whose index lies behind its data, with the first track turned, shown in other pieces, or with more boxes in its
 * first sample entry, which say things that ffmpeg has no option to write.
 */
export const describeTrack = (
  bytes: Buffer,
  { matrix, boxes = [], edits }: Pick<Extract<Recipe, { kind: 'boxed' }>, 'matrix' | 'boxes' | 'edits'>,
): Buffer => {
  const tree = parseBoxes(bytes)
  if (tree.findIndex(({ type }) => type === 'moov') < tree.findIndex(({ type }) => type === 'mdat')) {
    throw new Error('its data would be moved')
  }
  const header = firstOf(tree, 'tkhd')
  // Of three rows of three numbers a, b, u and c, d, v are the first two.
  for (const [index, place] of [0, 4, 12, 16].entries()) {
    const value = matrix?.[index]
    if (value !== undefined) header.payload.writeInt32BE(value * 65_536, MATRIX_OFFSET + place)
  }
  if (edits !== undefined) firstOf(tree, 'elst').payload = editList(edits)
  const description = firstOf(tree, 'stsd')
  const more = Buffer.from(boxes.join('').replaceAll(' ', ''), 'hex')
  const size = description.payload.readUInt32BE(ENTRY_OFFSET)
  description.payload.writeUInt32BE(size + more.length, ENTRY_OFFSET)
  description.payload = Buffer.concat([
    description.payload.subarray(0, ENTRY_OFFSET + size),
    more,
    description.payload.subarray(ENTRY_OFFSET + size),
  ])
  return writeBoxes(tree)
}

/** The same, 8.6.6, of version 0; played at its own speed. */
const editList = (edits: readonly (readonly [number, number])[]): Buffer => {
  const list = Buffer.alloc(8)
  list.writeUInt32BE(edits.length, 4)
  const entries = edits.map(([duration, from]) => {
    const entry = Buffer.alloc(12)
    entry.writeUInt32BE(duration, 0)
    entry.writeInt32BE(from, 4)
    entry.writeUInt32BE(0x10000, 8)
    return entry
  })
  return Buffer.concat([list, ...entries])
}

const firstOf = (boxes: readonly Box[], wanted: string): { type: string; payload: Buffer } => {
  const found = findBox(boxes, wanted)
  if (found === undefined) throw new Error(`it has no ${wanted}`)
  return found
}

const findBox = (boxes: readonly Box[], wanted: string): { type: string; payload: Buffer } | undefined => {
  for (const box of boxes) {
    const found = 'children' in box ? findBox(box.children, wanted) : box.type === wanted ? box : undefined
    if (found !== undefined) return found
  }
  return undefined
}
