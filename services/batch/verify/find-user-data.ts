import { unitsIn } from './units-in.ts'

/**
 * Whether the messages beside the slices of an H.264 picture (SEI, ISO/IEC 14496-10, 7.3.2.3 and Annex D; with start codes)
 * hold data of the maker of the file: cameras write there where they are (AVCHD's MDPM, dashboard cameras). What x264 says of
 * its settings, and captions, are none.
 */
export const hasUserData = (messages: Buffer): boolean => {
  for (const unit of unitsIn(messages)) {
    // One byte says what kind of unit it is.
    if (hasForeignMessage(withoutEscapes(unit.subarray(1)))) return true
  }
  return false
}

/** In a unit, 0 0 3 stands for 0 0, so that no start code is in it. */
const withoutEscapes = (unit: Buffer): Buffer =>
  Buffer.from(unit.filter((byte, at) => !(byte === 3 && at >= 2 && unit[at - 1] === 0 && unit[at - 2] === 0)))

const REGISTERED = 4
const UNREGISTERED = 5

const hasForeignMessage = (messages: Buffer): boolean => {
  let at = 0
  const number = () => {
    let value = 0
    while (messages[at] === 0xff) {
      value += 255
      at += 1
    }
    value += messages[at] ?? 0
    at += 1
    return value
  }
  // The last byte is the end of the unit: a bit that is set, and zeros.
  while (at < messages.length - 2) {
    const type = number()
    const sizeBytes = number()
    const payload = messages.subarray(at, at + sizeBytes)
    at += sizeBytes
    if (type === UNREGISTERED && !payload.subarray(0, 16).equals(X264)) return true
    if (type === REGISTERED && !CAPTIONS.some((head) => payload.subarray(0, head.length).equals(head))) return true
  }
  return false
}

/** The names of the only data that is known to be harmless: x264's settings; ATSC's captions and shapes of the picture. */
const X264 = Buffer.from('dc45e9bde6d948b7962cd820d923eeef', 'hex')
const CAPTIONS = [Buffer.from('b5003147413934', 'hex'), Buffer.from('b5003144544731', 'hex')]
