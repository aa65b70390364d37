const START_CODE = Buffer.from([0, 0, 1])

/** The units of an H.264 stream with start codes (ISO/IEC 14496-10, Annex B), without those and the zeros before the next. */
export function* unitsIn(stream: Buffer): Generator<Buffer> {
  let start = stream.indexOf(START_CODE)
  while (start !== -1) {
    const next = stream.indexOf(START_CODE, start + 3)
    yield withoutZeros(stream.subarray(start + 3, next === -1 ? stream.length : next))
    start = next
  }
}

/** The last byte of a unit is never 0. */
const withoutZeros = (unit: Buffer): Buffer => unit.subarray(0, unit.findLastIndex((byte) => byte !== 0) + 1)
