/** What a frame of VP9 says of its size: one of its own, that of a frame before it, or nothing that can be understood. */
export type Vp9Size = { kind: 'own'; width: number; height: number } | { kind: 'as-before' } | { kind: 'unknown' }

/** So many bytes of a frame hold its size. */
export const VP9_HEAD_BYTES = 16

const KEY_FRAME = 0
const SYNC_CODE = 0x498342
const SRGB = 7
const REFERENCES = 3

/** Reads the first bytes of a frame of VP9 in profile 0: see "VP9 Bitstream & Decoding Process Specification", 6.2. */
export const vp9Size = (head: Buffer): Vp9Size => {
  let at = 0
  const bits = (count: number): number => {
    let value = 0
    for (let bit = 0; bit < count; bit++, at++) value = value * 2 + (((head[at >> 3] ?? 0) >> (7 - (at & 7))) & 1)
    return value
  }
  const own = (): Vp9Size => ({ kind: 'own', width: bits(16) + 1, height: bits(16) + 1 })
  // The marker of a frame, and the profile.
  if (bits(2) !== 2 || bits(2) !== 0) return { kind: 'unknown' }
  const showsExisting = bits(1) === 1
  if (showsExisting) return { kind: 'as-before' }
  const type = bits(1)
  const isShown = bits(1) === 1
  const isResilient = bits(1) === 1
  if (type === KEY_FRAME) {
    if (bits(24) !== SYNC_CODE || bits(3) === SRGB) return { kind: 'unknown' }
    bits(1)
    return own()
  }
  const isIntraOnly = !isShown && bits(1) === 1
  if (!isResilient) bits(2)
  if (isIntraOnly) {
    if (bits(24) !== SYNC_CODE) return { kind: 'unknown' }
    bits(8)
    return own()
  }
  // Which frames it replaces, and which it refers to.
  bits(8 + REFERENCES * 4)
  for (let reference = 0; reference < REFERENCES; reference++) if (bits(1) === 1) return { kind: 'as-before' }
  return own()
}

/** The lengths of the frames in a packet, by the index at its end if there are several; one of the length of the packet if not. */
export const vp9FrameLengths = (end: Buffer, packetBytes: number): number[] => {
  const marker = end.at(-1) ?? 0
  if ((marker & 0xe0) !== 0xc0) return [packetBytes]
  const frames = (marker & 7) + 1
  const bytesEach = ((marker >> 3) & 3) + 1
  const start = end.length - 2 - frames * bytesEach
  if (end[start] !== marker) return [packetBytes]
  return Array.from({ length: frames }, (_, frame) => end.readUIntLE(start + 1 + frame * bytesEach, bytesEach))
}

/** The longest such index: eight frames, whose lengths have four bytes each. */
export const VP9_INDEX_BYTES = 34
