import type { EncodePlan, Rational } from './encode-plan.ts'
import { filterGraphs } from './filter-graph.ts'
import { ownPictureInput, untrustedInput } from './hardening.ts'

/** Where one run reads and writes, and what it may use up. The paths and the URL are chosen by the server. */
export type EncodeFiles = {
  sourceUrl: string
  logoPath: string
  outputPath: string
  threads: number
  /** ffmpeg stops writing here: the disk is memory on Cloud Run. The result is then refused for its missing frames. */
  outputLimitBytes: number
}

/** The file descriptor on which the record of what the source held is written: see source-record.ts. */
export const SOURCE_RECORD_FD = 3

/** THE FFMPEG ARGUMENTS of one conversion: the whole argv after the program's name. */
export const ffmpegArgs = (plan: EncodePlan, files: EncodeFiles): string[] => {
  const threads = String(files.threads)
  const graphs = filterGraphs(plan)
  return [
    ...runArgs,
    // Damaged packets are normal in recordings from the air; a source with more of them than this cannot be decoded.
    ...['-max_error_rate', '0.1'],
    ...['-filter_complex_threads', threads],

    ...untrustedInput,
    // A source that changes its size half-way would restart the graph and its count of frames; scale copes by itself.
    ...['-reinit_filter:v', '0'],
    ...['-threads', threads],
    ...(plan.source.readSeconds === null ? [] : ['-t', String(plan.source.readSeconds)]),
    ...['-i', files.sourceUrl],
    ...(plan.frames.intro + plan.frames.outro > 0 ? [...ownPictureInput, '-i', `file:${files.logoPath}`] : []),

    ...['-filter_complex', graphs.picture],
    ...(graphs.sound === undefined ? [] : ['-filter_complex', graphs.sound]),

    ...['-map', '[v]'],
    ...videoArgs(plan, threads),
    ...(graphs.sound === undefined ? [] : ['-map', '[a]', ...audioArgs(plan)]),
    // Where a video was taken, and by whom, is nobody else's business.
    ...['-map_metadata', '-1'],
    ...['-map_chapters', '-1'],
    ...containerArgs(plan),
    ...['-fs', String(files.outputLimitBytes)],
    `file:${files.outputPath}`,

    ...sourceRecordArgs(plan),
  ]
}

/** THE FFMPEG ARGUMENTS of a scan: reads some streams of the source to their end, without decoding, for the record of them. */
export const scanArgs = (sourceUrl: string, streamIndexes: readonly number[]): string[] => [
  ...runArgs,
  ...untrustedInput,
  ...['-i', sourceUrl],
  ...copyToRecord(streamIndexes),
]

const runArgs: readonly string[] = [
  // A question on a terminal that is not there would block for ever.
  '-nostdin',
  '-y',
  '-hide_banner',
  // Warnings explain a failure; the statistics line would push them out of the tail that we keep.
  ...['-v', 'warning'],
  '-nostats',
  ...['-progress', 'pipe:1'],
  ...['-stats_period', '0.5'],
  // No frame at all would otherwise be a success with an empty file.
  ...['-abort_on', 'empty_output'],
]

const videoArgs = ({ video, frameRate }: EncodePlan, threads: string): string[] => [
  ...(video.codec === 'h264'
    ? ['-c:v', 'libx264', '-preset', video.speed, '-crf', String(video.crf)]
    : [
        ...['-c:v', 'libvpx-vp9', '-deadline', video.deadline, '-cpu-used', String(video.effort)],
        // Constant quality needs the bit rate to be zero.
        ...['-crf', String(video.crf), '-b:v', '0'],
        // Without rows VP9 uses one thread for each tile column, and a picture of 640 has one.
        ...['-row-mt', '1'],
      ]),
  ...['-threads', threads],
  ...['-pix_fmt', video.pixelFormat],
  ...['-g', String(Math.max(1, Math.round((video.keyframeSeconds * frameRate.num) / frameRate.den)))],
  ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
  // The graph made exactly the planned frames: none is to be added or dropped on the way to the file.
  ...['-fps_mode:v', 'passthrough'],
]

const audioArgs = ({ audio }: EncodePlan): string[] =>
  audio === null
    ? []
    : [
        ...['-c:a', audio.codec === 'aac' ? 'aac' : 'libopus'],
        ...['-b:a', String(audio.bitsPerSecond)],
        ...['-ar', String(audio.sampleRateHz)],
        ...['-ac', '2'],
      ]

const containerArgs = ({ container, frameRate }: EncodePlan): string[] =>
  container.format === 'mp4'
    ? [
        // A player can start before it has the whole file.
        ...['-movflags', '+faststart'],
        // A whole number of ticks for every frame, so that no frame is shown a little longer than another.
        ...['-video_track_timescale', String(timescale(frameRate))],
        ...['-f', 'mp4'],
      ]
    : ['-f', 'webm']

const timescale = ({ num }: Rational): number => (num >= 1000 ? num : num * 1000)

/**
 * The second output: every packet of the source that was read, as a line each, without decoding. The graph holds the last
 * frame of a source that breaks off and so hides it; this tells, at no measurable cost (run: 31.8 s of CPU without, 32.1 with).
 */
const sourceRecordArgs = ({ source }: EncodePlan): string[] =>
  copyToRecord(source.audioIndex === null ? [source.videoIndex] : [source.videoIndex, source.audioIndex])

const copyToRecord = (streamIndexes: readonly number[]): string[] => [
  ...streamIndexes.flatMap((index) => ['-map', `0:${index}`]),
  ...['-c', 'copy'],
  // Line by line: when our process is killed, the next line fails on the closed pipe and ffmpeg ends by itself.
  ...['-flush_packets', '1'],
  ...['-f', 'framecrc'],
  `pipe:${SOURCE_RECORD_FD}`,
]
