import { type Box, parseBoxes, writeBox, writeBoxes } from './box-tree.ts'
import { parseElements, writeElement, writeElements } from './element-tree.ts'

/** What a track of a QuickTime file says about where its samples lie: in another file, by an alias or by an address. */
type Elsewhere = { kind: 'alias'; relativePath: string } | { kind: 'address'; address: string }

/** A mov or mp4 whose tracks have their samples elsewhere: its own are taken out. */
export const withSamplesElsewhere = (movie: Buffer, elsewhere: Elsewhere): Buffer => {
  const reference =
    elsewhere.kind === 'alias'
      ? writeBox('alis', alias(elsewhere.relativePath))
      : // No flag: not in this file.
        writeBox('url ', Buffer.concat([Buffer.alloc(4), Buffer.from(`${elsewhere.address}\0`)]))
  const payload = Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), reference])
  const replace = (boxes: Box[]): Box[] =>
    boxes
      .filter(({ type }) => type !== 'mdat')
      .map((box) => {
        if ('children' in box) return { type: box.type, children: replace(box.children) }
        return box.type === 'dref' ? { type: 'dref', payload } : box
      })
  return writeBoxes(replace(parseBoxes(movie)))
}

/** A QuickTime reference movie: nothing but the address of the real one. */
export const referenceMovie = (address: string): Buffer => {
  const text = Buffer.from(`${address}\0`)
  const size = Buffer.alloc(4)
  size.writeUInt32BE(text.length)
  const reference = writeBox('rdrf', Buffer.concat([Buffer.alloc(4), Buffer.from('url '), size, text]))
  const type = writeBox('ftyp', Buffer.from('qt  \0\0\0\0qt  '))
  return Buffer.concat([type, writeBox('moov', writeBox('rmra', writeBox('rmda', reference)))])
}

/** A Matroska file that says that the film goes on at an address, and that brings a font. */
export const withLinkedSegments = (film: Buffer, address: string): Buffer => {
  const elements = parseElements(film)
  const segment = elements.find(({ id }) => id === '18538067')
  if (segment === undefined || !('children' in segment)) throw new Error('the film has no segment')
  const info = segment.children.find(({ id }) => id === '1549a966')
  if (info === undefined || !('children' in info)) throw new Error('the segment has no information')
  info.children.push(
    { id: '3c83ab', payload: Buffer.from(address) },
    { id: '3e83bb', payload: Buffer.from(address) },
    { id: '3eb923', payload: Buffer.alloc(16, 7) },
  )
  const font = [
    writeElement('466e', Buffer.from(address)),
    writeElement('4660', Buffer.from('application/x-truetype-font')),
    writeElement('46ae', Buffer.from([7])),
    writeElement('465c', Buffer.from(address)),
  ]
  segment.children.splice(2, 0, { id: '1941a469', payload: writeElement('61a7', Buffer.concat(font)) })
  return writeElements(elements)
}

/** An avi whose sound is replaced by subtitles, in the form ("GAB2") that ffmpeg opens as a file within the file. */
export const withSubtitleFile = (film: Buffer, subtitleFile: string): Buffer => {
  const bytes = Buffer.from(film)
  bytes.write('txts', bytes.indexOf('auds'), 'latin1')
  const text = Buffer.from(subtitleFile)
  const header = Buffer.alloc(17)
  header.write('GAB2\0', 'latin1')
  header.writeUInt16LE(2, 5)
  header.writeUInt16LE(4, 11)
  header.writeUInt32LE(text.length, 13)
  const content = Buffer.concat([header, text, Buffer.alloc((header.length + text.length) % 2)])
  const size = Buffer.alloc(4)
  size.writeUInt32LE(content.length)
  const movie = bytes.indexOf('movi')
  // The list and the file around it grow by the chunk that is put in.
  for (const at of [4, movie - 4]) bytes.writeUInt32LE(bytes.readUInt32LE(at) + content.length + 8, at)
  const rest = bytes
    .subarray(movie + 4)
    .toString('latin1')
    .replaceAll('01wb', '01tx')
  return Buffer.concat([bytes.subarray(0, movie + 4), Buffer.from('01tx'), size, content, Buffer.from(rest, 'latin1')])
}

/** Any file, with a tag in front whose cover picture is an address: ffmpeg reads such a tag in front of every format. */
export const withLinkedCover = (film: Buffer, address: string): Buffer => {
  const picture = Buffer.concat([Buffer.from('\0-->\0\x03\0', 'latin1'), Buffer.from(address)])
  const frame = Buffer.concat([Buffer.from('APIC'), sevenBits(picture.length), Buffer.alloc(2), picture])
  return Buffer.concat([Buffer.from('ID3\x04\0\0', 'latin1'), sevenBits(frame.length), frame, film])
}

/** A number of four bytes with seven bits in each. */
const sevenBits = (number: number): Buffer =>
  Buffer.from([(number >> 21) & 0x7f, (number >> 14) & 0x7f, (number >> 7) & 0x7f, number & 0x7f])

// In an alias record, behind version and flags: volume, name, and then how many levels up and down to the file.
const LEVELS_AT = 134
const ENTRIES_AT = 154

/** An alias record as ffmpeg reads it, with a path (entry 2) one level up and one level down from the movie. */
const alias = (path: string): Buffer => {
  const record = Buffer.alloc(ENTRIES_AT)
  record.writeUInt16BE(1, LEVELS_AT)
  record.writeUInt16BE(1, LEVELS_AT + 2)
  const text = Buffer.from(path.padEnd(path.length + (path.length % 2), '\0'))
  const entry = Buffer.alloc(4)
  entry.writeUInt16BE(2, 0)
  entry.writeUInt16BE(text.length, 2)
  return Buffer.concat([record, entry, text, Buffer.from([0xff, 0xff, 0, 0])])
}
