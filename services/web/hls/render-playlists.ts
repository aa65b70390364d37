import type { StreamDetails } from '@reelway/shared/hls/stream-details.ts'
import type { StreamIndex } from '@reelway/shared/hls/stream-index.ts'
import { peakBitsPerSecond, targetSeconds } from './peak-bits.ts'

type Video = StreamIndex['video'][number]
type StreamFile = Video | NonNullable<StreamIndex['sound']>
type Sized = readonly [sizeBytes: number, durationSeconds: number]

/** The playlist of the key frames of a file has its name, and this. */
export const KEY_FRAMES = '-key-frames'

/**
 * The master playlist of a stream (RFC 8216), by Apple's HLS authoring specification: each size of the picture, with what it needs of a line,
 * measured; its key frames, for those who wind; the sound is a rendition of its own. `details` are null for streams of older releases. `uriOf`
 * gives the address of the playlist of a name.
 */
export const renderMaster = (
  index: StreamIndex,
  details: StreamDetails | null,
  uriOf: (name: string) => string,
): string => {
  const { sound } = index
  const media = sound === null ? [] : [renderSound(details?.soundLanguage ?? 'und', uriOf(sound.name))]
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
  return lines([
    '#EXTM3U',
    VERSION,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...titleOf(details),
    ...media,
    ...variants,
    ...index.video.flatMap((video) => renderKeyFrames(video, details, uriOf)),
  ])
}

/** The name that players know for it. No quotation mark can be in a value (RFC 8216, 4.2). */
const titleOf = (details: StreamDetails | null): string[] =>
  details === null || details.title === null
    ? []
    : [`#EXT-X-SESSION-DATA:DATA-ID="com.apple.hls.title",VALUE="${details.title.replaceAll('"', "'")}"`]

/** Languages as RFC 5646 has them: of the names of one, the shortest. */
const renderSound = (language: string, uri: string): string =>
  [
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Sound"',
    `LANGUAGE="${Intl.getCanonicalLocales(language)[0]}"`,
    'DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2"',
    `URI="${uri}"`,
  ].join(',')

const renderKeyFrames = (
  { name, codec, width, height }: Video,
  details: StreamDetails | null,
  uriOf: (name: string) => string,
): string[] => {
  const frames = details?.keyFrames[name]?.map(([, ...sized]): Sized => sized)
  if (frames === undefined) return []
  const attributes = [
    `BANDWIDTH=${peakBitsPerSecond(frames)}`,
    `AVERAGE-BANDWIDTH=${averageBitsPerSecond(frames)}`,
    `CODECS="${codec}"`,
    `RESOLUTION=${width}x${height}`,
    `URI="${uriOf(`${name}${KEY_FRAMES}`)}"`,
  ]
  return [`#EXT-X-I-FRAME-STREAM-INF:${attributes.join(',')}`]
}

/** The playlist of one file, all of whose segments are ranges of the bytes at `url`. */
export const renderMedia = (file: StreamFile, { video, sound }: StreamIndex, url: string): string => {
  let at = file.initBytes
  const ranges = file.segments.map(([sizeBytes, durationSeconds]): Range => {
    const firstByte = at
    at += sizeBytes
    return [firstByte, sizeBytes, durationSeconds]
  })
  // One for all files of a stream (Apple's HLS authoring specification, 8.2).
  const all = [...video, ...(sound === null ? [] : [sound])].flatMap(({ segments }) => segments)
  return renderRanges(file, ranges, { url, target: targetSeconds(all), tags: [] })
}

/** The playlist of the key frames of a file, each of which is a range of the bytes at `url`; undefined when they are not known. */
export const renderKeyFrameMedia = (
  file: StreamFile,
  details: StreamDetails | null,
  url: string,
): string | undefined => {
  const ranges = details?.keyFrames[file.name]
  if (ranges === undefined) return undefined
  const target = targetSeconds(ranges.map(([, ...sized]) => sized))
  return renderRanges(file, ranges, { url, target, tags: ['#EXT-X-I-FRAMES-ONLY'] })
}

type Range = readonly [firstByte: number, sizeBytes: number, durationSeconds: number]

const renderRanges = (
  { initBytes }: StreamFile,
  ranges: readonly Range[],
  { url, target, tags }: { url: string; target: number; tags: string[] },
): string =>
  lines([
    '#EXTM3U',
    VERSION,
    `#EXT-X-TARGETDURATION:${target}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...tags,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MAP:URI="${url}",BYTERANGE="${initBytes}@0"`,
    ...ranges.flatMap(([firstByte, sizeBytes, durationSeconds]) => [
      // Microseconds: the sum of any number of them is exact to the frame (8.1).
      `#EXTINF:${durationSeconds.toFixed(6)},`,
      `#EXT-X-BYTERANGE:${sizeBytes}@${firstByte}`,
      url,
    ]),
    '#EXT-X-ENDLIST',
  ])

// What fragmented mp4 and byte ranges of it need (RFC 8216, 7).
const VERSION = '#EXT-X-VERSION:7'

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`

const sumOf = (files: StreamFile[], rate: (segments: readonly Sized[]) => number): number =>
  files.reduce((sum, { segments }) => sum + rate(segments), 0)

const averageBitsPerSecond = (segments: readonly Sized[]): number => {
  const bytes = segments.reduce((sum, [sizeBytes]) => sum + sizeBytes, 0)
  return Math.ceil((bytes * 8) / segments.reduce((sum, [, durationSeconds]) => sum + durationSeconds, 0))
}
