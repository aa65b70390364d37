import type { Binaries } from '../ffmpeg/binaries.ts'
import type { Rational } from '../ffmpeg/encode-plan.ts'
import { isDurationGuessed } from '../ffmpeg/explain.ts'
import { MAX_PIXELS } from '../ffmpeg/hardening.ts'
import { outcomeOfExit } from '../ffmpeg/outcome-of-exit.ts'
import { sourceProbeArgs } from '../ffmpeg/probe-args.ts'
import { runFfmpeg } from '../ffmpeg/run.ts'
import { runFfprobe } from '../ffmpeg/run-ffprobe.ts'
import { scanArgs } from '../ffmpeg/scan-args.ts'
import type { Failed, Refused } from '../refusal.ts'
import { colourFacts } from './colour-facts.ts'
import { explainUnreadable } from './explain-unreadable.ts'
import { findLastPacket } from './find-last-packet.ts'
import { perSecond } from './frame-rate.ts'
import { holdToSound } from './hold-to-sound.ts'
import { isEncrypted } from './is-encrypted.ts'
import { isUnfinished } from './is-unfinished.ts'
import { lookCloser } from './look-closer.ts'
import { mainStreams } from './main-streams.ts'
import { type ProbeReport, type ProbeStream, probeReport } from './probe-report.ts'
import type { AudioFacts, SourceFacts, VideoFacts } from './source-facts.ts'
import { type StreamEnd, streamEnd } from './stream-end.ts'

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
  if (result.kind === 'failed') {
    const outcome = outcomeOfExit(result, 'not_a_video')
    return outcome.code === 'not_a_video' ? await explainUnreadable(url, result.stderrTail, signal) : outcome
  }
  if (result.kind === 'timed-out')
    return { kind: 'failed', code: 'source_unreachable', detail: 'ffprobe took too long' }
  if (result.kind === 'too-much-output') return refused('not_a_video')

  const report = probeReport.parse(JSON.parse(result.stdout))
  const { video, audio } = mainStreams(report)
  if (isEncrypted(report, result.stderrTail)) return refused('source_encrypted')
  if (isUnfinished(report)) return refused('source_unfinished')
  if (video === undefined && audio === undefined) {
    return report.streams.length > 0 ? refused('no_picture') : await explainUnreadable(url, result.stderrTail, signal)
  }
  const isGuessed = isDurationGuessed(result.stderrTail)
  const endOf = async (stream: ProbeStream): Promise<End> => {
    const end = streamEnd(report, stream, isGuessed)
    return end.kind === 'announced' ? end : await scanEnd(binaries, url, stream.index, signal)
  }

  const said = video === undefined ? null : await probePicture(report, video, result.stderrTail, endOf)
  if (said !== null && 'kind' in said) return said
  const container = containerName(report.format.format_name)
  const looking = { binaries, url, signal, container, sizeBytes: report.format.size }
  const picture = said === null ? null : await lookCloser(looking, said)
  const sound = audio === undefined ? null : await probeSound(report, audio, picture, isGuessed, endOf)
  if (sound !== null && 'kind' in sound) return sound
  const held = picture === null ? null : await holdIfHeard(looking, picture, sound)
  return {
    kind: 'probed',
    facts: {
      container,
      durationSeconds: Math.max(held?.endSeconds ?? sound?.endSeconds ?? 0, report.format.duration ?? 0),
      video: held,
      audio: sound,
      coverIndex: report.streams.find(isCover)?.index ?? null,
      tags: { ...(container === 'ogg' ? tagsOf(audio?.tags) : {}), ...tagsOf(report.format.tags) },
    },
  }
}

// As much may be missing of a packet whose duration nobody says.
const HEARD_TOLERANCE_SECONDS = 0.25

/** What a header says of a sound that broke off is no reason to wait for it, nor to refuse a picture that is whole. */
const holdIfHeard = async (
  looking: { binaries: Binaries; url: string; signal: AbortSignal; container: string },
  picture: VideoFacts,
  sound: AudioFacts | null,
): Promise<VideoFacts> => {
  const held = holdToSound(looking.container, picture, sound)
  if (held === picture || sound === null) return picture
  const heardUntil = await findLastPacket(looking, sound.index, sound.endSeconds)
  return sound.endSeconds - heardUntil <= HEARD_TOLERANCE_SECONDS ? held : picture
}

const isCover = ({ codec_type, disposition }: ProbeStream): boolean =>
  codec_type === 'video' && disposition?.attached_pic === 1

const tagsOf = (tags: Record<string, string> = {}): SourceFacts['tags'] =>
  Object.fromEntries(Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value]))

type End = Extract<StreamEnd, { kind: 'announced' }> | Refused | Failed

const probePicture = async (
  { format }: ProbeReport,
  video: ProbeStream,
  stderrTail: string,
  endOf: (stream: ProbeStream) => Promise<End>,
): Promise<VideoFacts | Refused | Failed> => {
  const { width = 0, height = 0 } = video
  if (width * height > MAX_PIXELS) return refused('picture_too_large', { limitPixels: MAX_PIXELS })
  if (width <= 0 || height <= 0) {
    const outcome = outcomeOfExit({ exitCode: 0, signalName: null, stderrTail }, 'not_a_video')
    if (outcome.kind === 'refused' && outcome.code === 'picture_too_large') return outcome
    return refused('source_undecodable')
  }
  const end = await endOf(video)
  if (end.kind !== 'announced') return end
  const rotationDegrees = video.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation ?? 0
  const sampleAspectRatio = video.sample_aspect_ratio ?? { num: 1, den: 1 }
  const isTurned = Math.abs(rotationDegrees) % 180 === 90
  const start = format.start_time ?? 0
  return {
    index: video.index,
    codec: video.codec_name ?? 'unknown',
    ...codingOf(video),
    level: video.level ?? null,
    codecTag: video.codec_tag_string ?? null,
    codedWidth: width,
    codedHeight: height,
    ...displaySize({ width, height }, sampleAspectRatio, isTurned),
    rotationDegrees,
    sampleAspectRatio,
    pixelFormat: video.pix_fmt ?? null,
    averageFrameRate: believable(video.avg_frame_rate),
    baseFrameRate: video.r_frame_rate ?? null,
    fieldOrder: video.field_order ?? null,
    ...colourFacts(video),
    seenFields: null,
    clockLeaps: false,
    startSeconds: (video.start_time ?? start) - start,
    endSeconds: end.endSeconds,
    endKnownFrom: end.knownFrom === 'stream' ? 'video-stream' : 'container',
  }
}

// Of a bare DV stream some versions of ffprobe say 60,000 (run: a build of 2023; not 5.1). Cameras for slow motion end at 1,000.
const MOST_FRAMES_PER_SECOND = 2_000

const believable = (rate: Rational | undefined): Rational | null =>
  rate === undefined || perSecond(rate) > MOST_FRAMES_PER_SECOND ? null : rate

/** Beside a picture, nobody reads all of a source to find out where its sound ends: with the picture, or before. */
const probeSound = async (
  report: ProbeReport,
  audio: ProbeStream,
  picture: VideoFacts | null,
  isGuessed: boolean,
  endOf: (stream: ProbeStream) => Promise<End>,
): Promise<AudioFacts | Refused | Failed> => {
  const announced = streamEnd(report, audio, isGuessed)
  const end: End =
    picture !== null && (announced.kind === 'unknown' || picture.clockLeaps)
      ? { kind: 'announced', endSeconds: picture.endSeconds, knownFrom: 'container' }
      : await endOf(audio)
  if (end.kind !== 'announced') return end
  const start = report.format.start_time ?? 0
  const bits = audio.bits_per_raw_sample ?? audio.bits_per_sample ?? 0
  return {
    index: audio.index,
    codec: audio.codec_name ?? 'unknown',
    ...codingOf(audio),
    channels: audio.channels ?? 0,
    sampleRateHz: audio.sample_rate ?? 0,
    startSeconds: (audio.start_time ?? start) - start,
    language: languageOf(audio),
    endSeconds: end.endSeconds,
    endKnownFrom: end.knownFrom,
    bitsPerSample: bits > 0 ? bits : null,
  }
}

const refused = (code: Refused['code'], parameters: Refused['parameters'] = {}): Refused => ({
  kind: 'refused',
  code,
  parameters,
})

/** Where a stream ends in a file that does not say so: the end of the last of its packets. */
const scanEnd = async (binaries: Binaries, url: string, index: number, signal: AbortSignal): Promise<End> => {
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
  return end > 0 ? { kind: 'announced', endSeconds: end, knownFrom: 'stream' } : refused('source_undecodable')
}

const codingOf = ({ profile, bit_rate = 0 }: ProbeStream) => ({
  profile: profile ?? null,
  bitsPerSecond: bit_rate > 0 ? bit_rate : null,
})

/** A language by the three letters that every format knows; "und" and "zxx" are none. */
const languageOf = ({ tags = {} }: ProbeStream): string | null => {
  const language = tags.language ?? ''
  return /^[a-z]{3}$/.test(language) && language !== 'und' && language !== 'zxx' ? language : null
}

/**
 * Upright and in square pixels: the lines that are seen stay as many as they are, and each gets as long as it has to be. Of a turned
 * picture, whose stored lines are columns, the longer of both ways is taken, so that none of its pixels are lost.
 */
const displaySize = (stored: { width: number; height: number }, { num, den }: Rational, isTurned: boolean) => {
  if (!isTurned)
    return { displayWidth: Math.max(1, Math.round((stored.width * num) / den)), displayHeight: stored.height }
  return num > den
    ? { displayWidth: stored.height, displayHeight: Math.round((stored.width * num) / den) }
    : { displayWidth: Math.round((stored.height * den) / num), displayHeight: stored.width }
}

/** The name people know for a family of formats that ffmpeg reads with one demuxer. */
const containerName = (formatName: string): string => {
  if (formatName.startsWith('mov,')) return 'mp4'
  return formatName.startsWith('matroska,') ? 'matroska' : formatName
}
