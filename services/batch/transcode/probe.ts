import type { Binaries } from '../ffmpeg/binaries.ts'
import type { Rational } from '../ffmpeg/encode-plan.ts'
import { isDurationGuessed } from '../ffmpeg/explain.ts'
import { MAX_PIXELS } from '../ffmpeg/hardening.ts'
import { sourceProbeArgs } from '../ffmpeg/probe-args.ts'
import { runFfmpeg } from '../ffmpeg/run.ts'
import { runFfprobe } from '../ffmpeg/run-ffprobe.ts'
import { scanArgs } from '../ffmpeg/scan-args.ts'
import { mainStreams } from './main-streams.ts'
import { outcomeOfExit } from './outcome-of-exit.ts'
import { type ProbeReport, type ProbeStream, probeReport } from './probe-report.ts'
import type { Failed, Refused } from './refusal.ts'
import type { SourceFacts } from './source-facts.ts'
import { videoEnd } from './video-end.ts'

export type Probed = { kind: 'probed'; facts: SourceFacts }

// Only for files without any duration: their packets are all read, not decoded, at the speed of the storage.
const SCAN_LIMIT_SECONDS = 240
const SCAN_STALL_SECONDS = 60

/**
 * Finds out what is to be known of an untrusted source at `url` (our loopback source) before anything is decided. A refusal
 * or a failure may also be due to a source that broke off: the caller knows, from its own record, whether every read of it
 * succeeded. An abort throws the signal's reason.
 */
export const probeSource = async (
  binaries: Binaries,
  url: string,
  signal: AbortSignal,
): Promise<Probed | Refused | Failed> => {
  const result = await runFfprobe(binaries.ffprobe, sourceProbeArgs(url), signal)
  if (result.kind === 'failed') return outcomeOfExit(result, 'not_a_video')
  if (result.kind === 'timed-out')
    return { kind: 'failed', code: 'source_unreachable', detail: 'ffprobe took too long' }
  if (result.kind === 'too-much-output') return refused('not_a_video')

  const report = probeReport.parse(JSON.parse(result.stdout))
  const { video, audio } = mainStreams(report)
  if (video === undefined) return refused(report.streams.length > 0 ? 'no_picture' : 'not_a_video')
  const { width = 0, height = 0 } = video
  if (width * height > MAX_PIXELS) return refused('picture_too_large', { limitPixels: MAX_PIXELS })
  if (width <= 0 || height <= 0) {
    const outcome = outcomeOfExit({ exitCode: 0, signalName: null, stderrTail: result.stderrTail }, 'not_a_video')
    return outcome.kind === 'refused' && outcome.code === 'picture_too_large' ? outcome : refused('source_undecodable')
  }

  const end = videoEnd(report, video, isDurationGuessed(result.stderrTail))
  if (end.kind === 'announced') return probed(report, { video, width, height, audio, ...end })
  const scanned = await scanEnd(binaries, url, video.index, signal)
  return typeof scanned === 'number'
    ? probed(report, { video, width, height, audio, endSeconds: scanned, knownFrom: 'video-stream' })
    : scanned
}

const refused = (code: Refused['code'], parameters: Refused['parameters'] = {}): Refused => ({
  kind: 'refused',
  code,
  parameters,
})

/** Where the picture ends in a file that does not say so: the end of the last of its packets, in seconds. */
const scanEnd = async (
  binaries: Binaries,
  url: string,
  index: number,
  signal: AbortSignal,
): Promise<number | Refused | Failed> => {
  const result = await runFfmpeg({
    binary: binaries.ffmpeg,
    argv: scanArgs(url, [index]),
    signal,
    wallClockLimitSeconds: SCAN_LIMIT_SECONDS,
    stallLimitSeconds: SCAN_STALL_SECONDS,
  })
  if (result.kind === 'failed') return outcomeOfExit(result, 'not_a_video')
  if (result.kind !== 'finished') return { kind: 'failed', code: 'source_unreachable', detail: result.stderrTail }
  const end = result.sourceRecord[0]?.endSeconds ?? 0
  return end > 0 ? end : refused('source_undecodable')
}

type Found = {
  video: ProbeStream
  width: number
  height: number
  audio: ProbeStream | undefined
  endSeconds: number
  knownFrom: 'video-stream' | 'container'
}

const probed = ({ format }: ProbeReport, { video, width, height, audio, endSeconds, knownFrom }: Found): Probed => {
  const rotationDegrees = video.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation ?? 0
  const sampleAspectRatio = video.sample_aspect_ratio ?? { num: 1, den: 1 }
  const isTurned = Math.abs(rotationDegrees) % 180 === 90
  const start = format.start_time ?? 0
  return {
    kind: 'probed',
    facts: {
      container: containerName(format.format_name),
      durationSeconds: Math.max(endSeconds, format.duration ?? 0),
      video: {
        index: video.index,
        codec: video.codec_name ?? 'unknown',
        codedWidth: width,
        codedHeight: height,
        ...displaySize({ width, height }, sampleAspectRatio, isTurned),
        rotationDegrees,
        sampleAspectRatio,
        pixelFormat: video.pix_fmt ?? null,
        averageFrameRate: video.avg_frame_rate ?? null,
        baseFrameRate: video.r_frame_rate ?? null,
        fieldOrder: video.field_order ?? null,
        colourSpace: video.color_space ?? null,
        colourTransfer: video.color_transfer ?? null,
        startSeconds: (video.start_time ?? start) - start,
        endSeconds,
        endKnownFrom: knownFrom,
      },
      audio:
        audio === undefined
          ? null
          : {
              index: audio.index,
              codec: audio.codec_name ?? 'unknown',
              channels: audio.channels ?? 0,
              sampleRateHz: audio.sample_rate ?? 0,
              startSeconds: (audio.start_time ?? start) - start,
              language: languageOf(audio),
            },
      tags: Object.fromEntries(Object.entries(format.tags ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
    },
  }
}

/** A language by the three letters that every format knows; "und" and "zxx" are none. */
const languageOf = ({ tags = {} }: ProbeStream): string | null => {
  const language = tags.language ?? ''
  return /^[a-z]{3}$/.test(language) && language !== 'und' && language !== 'zxx' ? language : null
}

/** Upright and in square pixels: the lines that are seen stay as many as they are, and each gets as long as it has to be. */
const displaySize = (stored: { width: number; height: number }, { num, den }: Rational, isTurned: boolean) =>
  isTurned
    ? { displayWidth: Math.max(1, Math.round((stored.height * den) / num)), displayHeight: stored.width }
    : { displayWidth: Math.max(1, Math.round((stored.width * num) / den)), displayHeight: stored.height }

/** The name people know for a family of formats that ffmpeg reads with one demuxer. */
const containerName = (formatName: string): string => {
  if (formatName.startsWith('mov,')) return 'mp4'
  return formatName.startsWith('matroska,') ? 'matroska' : formatName
}
