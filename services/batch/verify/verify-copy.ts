import { stat } from 'node:fs/promises'
import type { Binaries } from '../ffmpeg/binaries.ts'
import type { CopyPlan } from '../ffmpeg/copy-plan.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import { resultProbeArgs } from '../ffmpeg/probe-args.ts'
import { runFfprobe } from '../ffmpeg/run-ffprobe.ts'
import type { SourceRecord, StreamRecord } from '../ffmpeg/source-record.ts'
import { durationTagSeconds, type ProbeStream, probeReport } from '../probe/probe-report.ts'
import type { Rejected, Verified } from './verify.ts'

// Containers round to their ticks, webm to milliseconds; the last frame has no length of its own in some.
const TOLERANCE_SECONDS = 0.05

type Copied = { path: string; copy: CopyPlan; plan: EncodePlan; record: SourceRecord; firstFrameSeconds: number }

/**
 * Reads a copy to its end and compares it with what was read of its source: the same packets, at the same distances, in step.
 * An abort throws the signal's reason.
 */
export const verifyCopy = async (
  binaries: Binaries,
  { path, copy, plan, record, firstFrameSeconds }: Copied,
  signal: AbortSignal,
): Promise<Verified | Rejected> => {
  const result = await runFfprobe(binaries.ffprobe, resultProbeArgs(path), signal)
  if (result.kind !== 'finished') return { kind: 'rejected', reason: `it cannot be read: ${result.kind}` }
  const { streams, format } = probeReport.parse(JSON.parse(result.stdout))
  const [source, sourceSound] = record
  const video = streams.filter(({ codec_type }) => codec_type === 'video')
  const audio = streams.filter(({ codec_type }) => codec_type === 'audio')
  const [picture] = video
  if (source === undefined || picture === undefined) return { kind: 'rejected', reason: 'there is no picture' }
  const tolerance = Math.max(TOLERANCE_SECONDS, plan.source.frameSeconds)
  const codecOfSound = copy.sound.kind === 'copied' ? copy.sound.codec : plan.audio?.codec
  const seconds = source.endSeconds - firstFrameSeconds
  // Behind the end of a trim there are frames that those before it need, and that are not shown.
  const leastSeconds = Math.min(seconds, copy.endSeconds - firstFrameSeconds)
  const reason = [
    differs('video streams', video.length, 1),
    differs('video codec', picture.codec_name, copy.videoCodec),
    differs('size', `${picture.width}x${picture.height}`, `${copy.width}x${copy.height}`),
    differs('packets of picture', picture.nb_read_packets, source.packets),
    isOutside('seconds of picture', endOf(picture), leastSeconds - tolerance, seconds + tolerance),
    isFar('the first frame', picture.start_time, startOf(source, firstFrameSeconds), tolerance),
    differs('audio streams', audio.length, copy.sound.kind === 'none' ? 0 : 1),
    copy.sound.kind === 'none' ? undefined : differs('audio codec', audio[0]?.codec_name, codecOfSound),
    ...(copy.sound.kind === 'copied' ? soundDifferences(audio[0], sourceSound, firstFrameSeconds) : []),
    isFar('seconds', format.duration, Math.max(endOf(picture), endOf(audio[0])), tolerance),
  ].find((difference) => difference !== undefined)
  if (reason !== undefined) return { kind: 'rejected', reason }
  const { size } = await stat(path)
  const { width, height } = copy
  return {
    kind: 'verified',
    width,
    height,
    durationSeconds: format.duration ?? seconds,
    frames: source.packets,
    sizeBytes: size,
  }
}

const soundDifferences = (
  found: ProbeStream | undefined,
  source: StreamRecord | undefined,
  firstFrameSeconds: number,
): (string | undefined)[] => {
  if (source === undefined) return ['packets of sound: none were read']
  const start = Math.max(0, startOf(source, firstFrameSeconds))
  return [
    differs('packets of sound', found?.nb_read_packets, source.packets),
    isFar('seconds of sound', endOf(found), source.endSeconds - firstFrameSeconds, TOLERANCE_SECONDS),
    isFar('the first sound', Math.max(0, found?.start_time ?? 0), start, TOLERANCE_SECONDS),
  ]
}

const startOf = ({ firstStartSeconds }: StreamRecord, firstFrameSeconds: number) =>
  (firstStartSeconds ?? 0) - firstFrameSeconds

/** Where a stream ends on the time line of its file. */
const endOf = (stream: ProbeStream | undefined): number => {
  if (stream === undefined) return 0
  // Matroska's tag says where it ends, mp4 how long it is.
  const tagged = durationTagSeconds(stream)
  return stream.duration === undefined ? (tagged ?? 0) : Math.max(0, stream.start_time ?? 0) + stream.duration
}

const differs = (what: string, found: string | number | undefined, expected: string | number | undefined) =>
  found === expected ? undefined : `${what}: found ${found ?? 'none'}, in the source ${expected ?? 'none'}`

const isFar = (what: string, found: number | undefined, expected: number, tolerance: number) =>
  isOutside(what, found, expected - tolerance, expected + tolerance)

const isOutside = (what: string, found: number | undefined, least: number, most: number) =>
  found !== undefined && found >= least && found <= most
    ? undefined
    : `${what}: found ${found ?? 'none'}, not within ${least} to ${most}`
