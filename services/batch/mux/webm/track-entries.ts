import { PICTURE_TRACK_ID, SOUND_TRACK_ID } from '../layout.ts'
import { malformedPart } from '../malformed-part.ts'
import { findBox } from '../mp4/find-box.ts'
import type { PictureTable } from '../picture-table.ts'
import { boxesOfEntry, codecOf, readOpusConfig, sizeOfEntry } from '../sample-entry.ts'
import { SOUND_HZ, type SoundTable } from '../sound-table.ts'
import { element, float, text, uint } from './element.ts'

const NANOS = 1_000_000_000
/** So much is decoded before what is heard after a seek (RFC 7845, 4.6). */
const SEEK_PRE_ROLL_NANOS = 80_000_000

/** The track entry of a picture: BT.709, standard range, progressive, as all results of ours are (RFC 9559, 5.1.4). */
export const pictureEntry = ({ entry, frameRate }: PictureTable): Buffer => {
  if (entry === undefined) throw malformedPart('there is no picture')
  const { width, height } = sizeOfEntry(entry)
  return element(
    0xae,
    uint(0xd7, PICTURE_TRACK_ID),
    uint(0x73c5, PICTURE_TRACK_ID),
    // No lacing, no language, no default among several.
    uint(0x9c, 0),
    text(0x22b59c, 'und'),
    uint(0x88, 0),
    ...codecElements(entry),
    uint(0x83, 1),
    uint(0x23e383, Math.floor((NANOS * frameRate.den) / frameRate.num)),
    element(
      0xe0,
      uint(0xb0, width),
      uint(0xba, height),
      uint(0x9a, 2),
      // Transfer, matrix, primaries, range.
      element(0x55b0, uint(0x55ba, 1), uint(0x55b1, 1), uint(0x55bb, 1), uint(0x55b9, 1)),
    ),
  )
}

/** The name of the codec, and for AV1 what an mp4 has in av1C: the sequence header (AV1 in Matroska). VP9 needs none. */
const codecElements = (entry: Buffer): Buffer[] => {
  if (codecOf(entry) === 'vp09') return [text(0x86, 'V_VP9')]
  if (codecOf(entry) !== 'av01') throw malformedPart('the picture of a webm is neither VP9 nor AV1')
  const config = findBox(boxesOfEntry(entry), 'av1C')
  if (config === undefined) throw malformedPart('a part has no av1C')
  return [text(0x86, 'V_AV1'), element(0x63a2, config)]
}

/** The track entry of Opus; what mp4 keeps in dOps, WebM has as the head of an Ogg file (RFC 7845, 5.1). */
export const soundEntry = ({ entry, priming }: SoundTable, language: string | null): Buffer => {
  if (entry === undefined || codecOf(entry) !== 'Opus') throw malformedPart('the sound of a webm is not Opus')
  const { channels, preSkip, inputHz, gain } = readOpusConfig(entry)
  if (preSkip !== priming) throw malformedPart(`the sound of a part begins at ${priming}, not at ${preSkip}`)
  const head = Buffer.alloc(19)
  head.write('OpusHead', 'latin1')
  head.writeUInt8(1, 8)
  head.writeUInt8(channels, 9)
  head.writeUInt16LE(preSkip, 10)
  head.writeUInt32LE(inputHz, 12)
  head.writeInt16LE(gain, 16)
  return element(
    0xae,
    uint(0xd7, SOUND_TRACK_ID),
    uint(0x73c5, SOUND_TRACK_ID),
    uint(0x9c, 0),
    text(0x22b59c, language ?? 'und'),
    uint(0x88, 0),
    text(0x86, 'A_OPUS'),
    uint(0x56aa, Math.round((preSkip * NANOS) / SOUND_HZ)),
    uint(0x56bb, SEEK_PRE_ROLL_NANOS),
    uint(0x83, 2),
    element(0xe1, uint(0x9f, channels), float(0xb5, SOUND_HZ), uint(0x6264, 16)),
    element(0x63a2, head),
  )
}
