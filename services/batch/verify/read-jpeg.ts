/**
 * The size of a JPEG file; undefined when it is none, or when it does not go on to its end mark: one that was cut short is still
 * shown, grey from there on.
 */
export const readJpeg = (file: Buffer): { width: number; height: number } | undefined => {
  if (file.length < 4 || file.readUInt16BE(0) !== START || file.readUInt16BE(file.length - 2) !== END) return undefined
  let at = 2
  // Marker, length of what follows with the length itself, until the frame header (ITU-T T.81, B.2.2) or the picture begins.
  while (at + 9 <= file.length) {
    const marker = file.readUInt16BE(at)
    if (FRAMES.has(marker)) return { height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) }
    if (marker === SCAN) return undefined
    at += 2 + file.readUInt16BE(at + 2)
  }
  return undefined
}

const START = 0xffd8
const END = 0xffd9
const SCAN = 0xffda
// Baseline, extended and progressive.
const FRAMES: ReadonlySet<number> = new Set([0xffc0, 0xffc1, 0xffc2])
