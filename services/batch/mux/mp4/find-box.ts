import { malformedPart } from '../malformed-part.ts'

/** A box of an mp4 (ISO/IEC 14496-12, 4.2): its four letters, and what is in it. */
type Box = { type: string; payload: Buffer }

/** Goes through the boxes that lie one after the other in `bytes`. Throws result_rejected when one reaches beyond its end. */
export function* boxesIn(bytes: Buffer): Generator<Box> {
  let at = 0
  while (at < bytes.length) {
    if (at + 8 > bytes.length) throw malformedPart('a box of a part is cut short')
    const short = bytes.readUInt32BE(at)
    const headerBytes = short === 1 ? 16 : 8
    const type = bytes.toString('latin1', at + 4, at + 8)
    const isCut = at + headerBytes > bytes.length
    const sizeBytes = short === 1 && !isCut ? Number(bytes.readBigUInt64BE(at + 8)) : short
    if (isCut || sizeBytes < headerBytes || at + sizeBytes > bytes.length) {
      throw malformedPart(`the box ${type} of a part does not fit`)
    }
    yield { type, payload: bytes.subarray(at + headerBytes, at + sizeBytes) }
    at += sizeBytes
  }
}

/** The content of the box at a path of types, for example mdia, minf, stbl; undefined when there is none. */
export const findBox = (bytes: Buffer, ...path: string[]): Buffer | undefined => {
  let found: Buffer | undefined = bytes
  for (const type of path) {
    if (found === undefined) return undefined
    found = boxesIn(found).find((box) => box.type === type)?.payload
  }
  return found
}

/** As findBox, with at least `leastBytes` in it. Throws result_rejected when there is none. */
export const requireBox = (bytes: Buffer, leastBytes: number, ...path: string[]): Buffer => {
  const found = findBox(bytes, ...path)
  if (found === undefined || found.length < leastBytes) throw malformedPart(`a part has no box ${path.join('/')}`)
  return found
}
