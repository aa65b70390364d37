import type { ErrorCode } from '@reelway/shared/errors/catalogue.ts'

/** So many bytes of the beginning of a file are looked at. */
export const BEGINNING_BYTES = 4096

/**
 * What a file is that cannot be read as a video, by its beginning, as the code that tells its owner what to do; undefined when it
 * looks like none of what people upload by mistake.
 */
export const judgeBeginning = (beginning: Buffer): ErrorCode | undefined => {
  const isMarked = ([offset, mark]: Mark) => beginning.toString('latin1', offset, offset + mark.length) === mark
  const marked = MARKS.find(([, marks]) => marks.some(isMarked))
  if (marked?.[0] === 'archive_instead') return isOfOffice(beginning) ? 'document_instead' : 'archive_instead'
  if (marked !== undefined) return marked[0]
  return isText(beginning) ? textKind(beginning.toString('utf8').trimStart().toLowerCase()) : undefined
}

/** Bytes at an offset. */
type Mark = readonly [number, string]

const at = (offset: number, ...marks: string[]): Mark[] => marks.map((mark) => [offset, mark])

// Pictures in boxes like those of mp4 (ISO/IEC 23008-12, AV1 Image File Format).
const HEIF_BRANDS = ['heic', 'heix', 'heim', 'heis', 'mif1', 'msf1', 'avif', 'avis'] as const

const MARKS: readonly (readonly [ErrorCode, readonly Mark[]])[] = [
  [
    'archive_instead',
    [...at(0, 'PK\x03\x04', 'Rar!', '7z\xbc\xaf', '\x1f\x8b', 'BZh', '\xfd7zXZ'), ...at(257, 'ustar')],
  ],
  // Also what Office wrote before 2007.
  ['document_instead', at(0, '%PDF', '{\\rtf', '\xd0\xcf\x11\xe0')],
  ['picture_instead', at(0, '\x89PNG', '\xff\xd8\xff', 'GIF8', 'II*\0', 'MM\0*', '8BPS', '\xff\x0a', '\0\0\0\x0cJXL ')],
  ['picture_instead', [...at(8, 'WEBP'), ...at(4, ...HEIF_BRANDS.map((brand) => `ftyp${brand}`))]],
]

// What the first file is called that Word, PowerPoint, Excel and LibreOffice put into their archives.
const isOfOffice = (beginning: Buffer): boolean =>
  /\[Content_Types\]\.xml|word\/|ppt\/|xl\/|mimetypeapplication\/vnd/.test(beginning.toString('latin1'))

/** No byte is a control character, but for tabs and ends of lines. */
const isText = (bytes: Buffer): boolean =>
  bytes.length > 0 && bytes.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13)

const textKind = (text: string): ErrorCode => {
  if (PLAYLIST.test(text)) return 'playlist_instead'
  return text.replace(/^\ufeff/, '').startsWith('<') ? 'web_page_instead' : 'document_instead'
}

// HLS and M3U, PLS, ffmpeg's own, SDP, then what is XML: DASH, Smooth Streaming, XSPF, ASX, SMIL and IMF.
const PLAYLIST =
  /^\ufeff?(#extm3u|\[playlist\]|ffconcat |v=0\r?\n|<(\?xml[\s\S]*?<)?(!--[\s\S]*?<)?(mpd|smoothstreamingmedia|playlist|asx|smil|compositionplaylist)[\s>])/
