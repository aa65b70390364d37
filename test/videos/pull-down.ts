// ISO/IEC 13818-2, tables 6-1, 6-2 and 6-4.
const [PICTURE, SEQUENCE, EXTENSION, GROUP] = [0x00, 0xb3, 0xb5, 0xb8]
const [OF_SEQUENCE, OF_PICTURE] = [1, 8]
const RATE_OF_29_97 = 4

// 3:2 pulldown as players do it: which field of a frame is first, and whether it is shown once more.
const PATTERN = [
  { topFirst: true, repeated: true },
  { topFirst: false, repeated: false },
  { topFirst: false, repeated: true },
  { topFirst: true, repeated: false },
] as const

/** An MPEG-2 stream of film at 23.976 frames a second that is to be shown at 29.97, as DVDs have it. Its height is a multiple of 32. */
export const pullDown = (bytes: Buffer): Buffer => {
  const stream = Buffer.from(bytes)
  let beforeGroup = 0
  let pictures = 0
  let shown = 0
  for (let at = stream.indexOf(START); at >= 0; at = stream.indexOf(START, at + START.length)) {
    const payload = stream.subarray(at + 4)
    switch (stream[at + 3]) {
      case SEQUENCE:
        payload[3] = ((payload[3] ?? 0) & 0xf0) | RATE_OF_29_97
        break
      case GROUP:
        beforeGroup = pictures
        break
      case PICTURE:
        shown = beforeGroup + (payload.readUInt16BE(0) >> 6)
        pictures += 1
        break
      case EXTENSION:
        extend(payload, shown)
        break
    }
  }
  return stream
}

const START = Buffer.from([0, 0, 1])

const extend = (payload: Buffer, shown: number): void => {
  const kind = (payload[0] ?? 0) >> 4
  // The sequence is not of whole frames any more; each of them is.
  if (kind === OF_SEQUENCE) payload[1] = (payload[1] ?? 0) & ~0x08
  if (kind !== OF_PICTURE) return
  const { topFirst = true, repeated = false } = PATTERN[shown % PATTERN.length] ?? {}
  payload[3] = ((payload[3] ?? 0) & ~0x82) | (topFirst ? 0x80 : 0) | (repeated ? 0x02 : 0)
}
