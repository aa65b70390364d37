import type { StreamIndex } from '@reelway/shared/hls/stream-index.ts'
import { peakBitsPerSecond } from './peak-bits.ts'

type StreamFile = StreamIndex['video'][number] | NonNullable<StreamIndex['sound']>

/**
 * The master playlist of a stream (RFC 8216): each size of the picture, with what it needs of a line, measured; the sound is a
 * rendition of its own. `uriOf` gives the address of the playlist of a file.
 */
export const renderMaster = (index: StreamIndex, uriOf: (name: string) => string): string => {
  const { sound } = index
  const media =
    sound === null
      ? []
      : [
          `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Sound",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="${uriOf(sound.name)}"`,
        ]
  const variants = index.video.flatMap((video) => {
    const files = sound === null ? [video] : [video, sound]
    const attributes = [
      `BANDWIDTH=${sumOf(files, peakBitsPerSecond)}`,
      `AVERAGE-BANDWIDTH=${sumOf(files, averageBitsPerSecond)}`,
      `CODECS="${files.map(({ codec }) => codec).join(',')}"`,
      `RESOLUTION=${video.width}x${video.height}`,
      `FRAME-RATE=${index.frameRate.toFixed(3)}`,
      ...(sound === null ? [] : ['AUDIO="sound"']),
      'CLOSED-CAPTIONS=NONE',
    ]
    return [`#EXT-X-STREAM-INF:${attributes.join(',')}`, uriOf(video.name)]
  })
  return lines('#EXTM3U', VERSION, '#EXT-X-INDEPENDENT-SEGMENTS', ...media, ...variants)
}

/** The playlist of one file, all of whose segments are ranges of the bytes at `url`. */
export const renderMedia = ({ initBytes, segments }: StreamFile, url: string): string => {
  let at = initBytes
  const entries = segments.flatMap(([sizeBytes, durationSeconds]) => {
    const range = `${sizeBytes}@${at}`
    at += sizeBytes
    return [`#EXTINF:${durationSeconds.toFixed(5)},`, `#EXT-X-BYTERANGE:${range}`, url]
  })
  const longest = Math.max(...segments.map(([, durationSeconds]) => durationSeconds))
  return lines(
    '#EXTM3U',
    VERSION,
    // RFC 8216, 4.3.3.1: no segment is longer, rounded to whole seconds.
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.round(longest))}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MAP:URI="${url}",BYTERANGE="${initBytes}@0"`,
    ...entries,
    '#EXT-X-ENDLIST',
  )
}

// What fragmented mp4 and byte ranges of it need (RFC 8216, 7).
const VERSION = '#EXT-X-VERSION:7'

const lines = (...all: string[]): string => `${all.join('\n')}\n`

const sumOf = (files: StreamFile[], rate: (file: StreamFile) => number): number =>
  files.reduce((sum, file) => sum + rate(file), 0)

const averageBitsPerSecond = ({ segments }: StreamFile): number => {
  const bytes = segments.reduce((sum, [sizeBytes]) => sum + sizeBytes, 0)
  return Math.ceil((bytes * 8) / segments.reduce((sum, [, durationSeconds]) => sum + durationSeconds, 0))
}
