import { pictureExtensions } from '@reelway/shared/uploads/source-extensions.ts'
import { isSourceName } from './is-source-name.ts'

/** Why a file is not taken, before a byte of it is sent. */
export type FileFault = 'empty' | 'unknown-type' | 'picture' | 'not-a-video' | 'no-index'

/** So much of a file's beginning is needed to judge it. */
export const HEAD_BYTES = 4096

const PICTURES: ReadonlySet<string> = new Set(pictureExtensions)

/** Files of these begin with a mark that cannot be missed; others, as streams that were cut anywhere, may begin with anything. */
const MARKED: ReadonlySet<string> = new Set(
  ...[
    [
      'mp4',
      'm4v',
      'mov',
      'm4a',
      'f4v',
      'mkv',
      'webm',
      'avi',
      'flv',
      'wmv',
      'asf',
      'ogv',
      'ogm',
      'ogg',
      'oga',
      'opus',
      'flac',
      'wav',
    ],
  ],
)

/** What is wrong with a file by its name, its size in bytes and its first 4 KiB; undefined: nothing that can be seen from here. */
export const judgeFile = (name: string, sizeBytes: number, head: Uint8Array): FileFault | undefined => {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  if (PICTURES.has(extension)) return 'picture'
  if (!isSourceName(name)) return 'unknown-type'
  if (sizeBytes === 0) return 'empty'
  const animation = ANIMATIONS.get(extension)
  if (animation !== undefined) return ascii(head, 0, animation.length) === animation ? undefined : 'not-a-video'
  if (isOfMedia(head)) return undefined
  return MARKED.has(extension) || isText(head) || OTHERS.some((mark) => ascii(head, 0, mark.length) === mark)
    ? 'not-a-video'
    : undefined
}

/** The first boxes of MP4 and QuickTime (ISO/IEC 14496-12; Apple's file format). */
const BOXES = ['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'uuid', 'styp', 'moof']
const RIFFS = ['AVI ', 'AVIX', 'WAVE', 'CDXA']

const isOfMedia = (head: Uint8Array): boolean =>
  BOXES.includes(ascii(head, 4, 4)) ||
  MARKS.some((mark) => mark.every((value, index) => head[index] === value)) ||
  (['RIFF', 'RF64', 'BW64'].includes(ascii(head, 0, 4)) && RIFFS.includes(ascii(head, 8, 4)))

const MARKS: readonly (readonly number[])[] = [
  [0x1a, 0x45, 0xdf, 0xa3], // Matroska and WebM (RFC 8794)
  [0x4f, 0x67, 0x67, 0x53], // Ogg (RFC 3533)
  [0x66, 0x4c, 0x61, 0x43], // FLAC (RFC 9639)
  [0x46, 0x4c, 0x56], // FLV
  [0x30, 0x26, 0xb2, 0x75], // ASF
  [0x49, 0x44, 0x33], // ID3, before MP3 and AAC
]

/** What pictures that move begin with. */
const ANIMATIONS: ReadonlyMap<string, string> = new Map([
  ['gif', 'GIF8'],
  ['apng', '\x89PNG'],
])

/** Pictures, documents, archives and programs, which people pick by mistake or rename. */
const OTHERS = [
  '%PDF',
  'PK\x03\x04',
  '\x89PNG',
  '\xff\xd8\xff',
  'GIF8',
  '7z\xbc\xaf',
  'Rar!',
  '\x1f\x8b',
  '\x7fELF',
  'MZ',
]

const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length))

/** No video begins with 4 KiB of letters. */
const isText = (head: Uint8Array): boolean =>
  head.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13)
