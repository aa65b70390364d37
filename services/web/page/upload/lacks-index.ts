/** A file of the MP4 family with more boxes than that before its index is nothing that cameras or programs make. */
const MOST_BOXES = 1_000

/**
 * True for a file of the MP4 family (ISO/IEC 14496-12) that ends before its index, "moov": a recording that was broken off, or half a copy.
 * Without it nobody can tell where its pictures are. Reads the heads of its boxes, 16 bytes each, and no more. Throws NotReadableError or
 * NotFoundError when the file cannot be read.
 */
export const lacksIndex = async (file: Blob): Promise<boolean> => {
  let at = 0
  for (let boxes = 0; boxes < MOST_BOXES && at < file.size; boxes += 1) {
    const head = new DataView(await file.slice(at, at + 16).arrayBuffer())
    if (head.byteLength < 8) return boxes > 0
    const type = String.fromCharCode(...[4, 5, 6, 7].map((index) => head.getUint8(index)))
    if (type === 'moov' || type === 'moof') return false
    // It is none of this family, or damaged in a way that only reading it tells.
    if (!(boxes === 0 ? FIRST : KNOWN).test(type)) return false
    const size = head.getUint32(0)
    if (size === 0) return true
    if (size === 1 && head.byteLength < 16) return true
    const bytes = size === 1 ? Number(head.getBigUint64(8)) : size
    if (bytes < 8) return false
    at += bytes
  }
  return at > 0 && at >= file.size
}

const FIRST = /^(ftyp|mdat|free|skip|wide|pnot|uuid)$/
const KNOWN = /^(ftyp|styp|mdat|free|skip|wide|pnot|PICT|uuid|sidx|ssix|prft|pdin|emsg|meta|udta|mfra)$/
