import { stat } from 'node:fs/promises'
import type { Binaries } from '../ffmpeg/binaries.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import { mayChangeFormat } from '../ffmpeg/may-change-format.ts'
import { resultProbeArgs, storedProbeArgs } from '../ffmpeg/probe-args.ts'
import { runFfprobe } from '../ffmpeg/run-ffprobe.ts'
import { countSoundPackets } from '../ffmpeg/sound-packets.ts'
import { durationTagSeconds, type ProbeReport, type ProbeStream, probeReport } from '../probe/probe-report.ts'
import { verifyImage } from './verify-image.ts'

export type Verified = {
  kind: 'verified'
  width: number
  height: number
  /** Null: a still picture. */
  durationSeconds: number | null
  frames: number
  sizeBytes: number
}

/** The result is not what was planned; `reason` is for the log. */
export type Rejected = { kind: 'rejected'; reason: string }

/** The result holds no picture at all: nothing of the source could be decoded, or none of it lies on its own time line. */
export type Empty = { kind: 'empty' }

// Containers round durations to their ticks, and sound ends with a whole packet of up to 21 ms.
const DURATION_TOLERANCE_SECONDS = 0.05
// A sound announces a length that its packets may not have (run: 8 s of 563 packets instead of 376).
const TOLERANCE_PACKETS = 2
// Of a sound whose format changes in its middle, the encoder loses up to a packet or two there, and goes on in step (run).
const LOST_PACKETS_SHARE = 0.01
const LOST_PACKETS = 4

/**
 * Reads the result at `path` to its end and compares it with the plan: a file that was cut short still plays and still
 * announces every frame, only counting its packets tells (run). An abort throws the signal's reason.
 */
export const verifyOutput = async (
  binaries: Binaries,
  path: string,
  plan: EncodePlan,
  signal: AbortSignal,
): Promise<Verified | Rejected | Empty> => {
  const verdict = await compareFile(binaries, path, plan, signal)
  if (verdict !== undefined) return verdict
  const { size } = await stat(path)
  return verified(plan, size)
}

const compareFile = async (binaries: Binaries, path: string, plan: EncodePlan, signal: AbortSignal) => {
  if (plan.container.format !== 'webp' && plan.container.format !== 'jpeg') {
    return await compare(binaries, resultProbeArgs(path), plan, { counted: true, signal })
  }
  const reason = await verifyImage(path, plan)
  return reason === undefined ? undefined : rejected(reason)
}

const rejected = (reason: string): Rejected => ({ kind: 'rejected', reason })

/** A result of this size is read again within the time that ffprobe has; of a larger one only what it announces is compared. */
const COUNTED_UP_TO_BYTES = 300_000_000

/**
 * Compares a stored result with the plan, at a URL of our loopback source. That every byte arrived has been proven by its
 * checksum; this proves that they are what was planned. An abort throws the signal's reason.
 */
export const verifyStored = async (
  binaries: Binaries,
  { url, sizeBytes }: { url: string; sizeBytes: number },
  plan: EncodePlan,
  signal: AbortSignal,
): Promise<Verified | Rejected | Empty> => {
  const counted = sizeBytes <= COUNTED_UP_TO_BYTES
  const verdict = await compare(binaries, storedProbeArgs(url, counted), plan, { counted, signal })
  return verdict ?? verified(plan, sizeBytes)
}

const verified = (plan: EncodePlan, sizeBytes: number): Verified => ({
  kind: 'verified',
  width: plan.canvas.width,
  height: plan.canvas.height,
  durationSeconds: plan.container.format === 'jpeg' ? null : plannedSeconds(plan),
  frames: plan.frames.total,
  sizeBytes,
})

/** Undefined: the result is what was planned. */
const compare = async (
  binaries: Binaries,
  argv: string[],
  plan: EncodePlan,
  { counted, signal }: { counted: boolean; signal: AbortSignal },
): Promise<Rejected | Empty | undefined> => {
  const result = await runFfprobe(binaries.ffprobe, argv, signal)
  if (result.kind === 'failed') return { kind: 'rejected', reason: `it cannot be read: ${result.stderrTail}` }
  if (result.kind !== 'finished') return { kind: 'rejected', reason: `it cannot be read: ${result.kind}` }
  const report = probeReport.parse(JSON.parse(result.stdout))
  if (counted && !report.streams.some(hasPicture)) return { kind: 'empty' }
  const reason = differences(report, plan, counted).find((difference) => difference !== undefined)
  return reason === undefined ? undefined : { kind: 'rejected', reason }
}

const differences = ({ streams, format }: ProbeReport, plan: EncodePlan, counted: boolean): (string | undefined)[] => {
  const video = streams.filter(({ codec_type }) => codec_type === 'video')
  const audio = streams.filter(({ codec_type }) => codec_type === 'audio')
  const seconds = plannedSeconds(plan)
  const tolerance = Math.max(DURATION_TOLERANCE_SECONDS, plan.frameRate.den / plan.frameRate.num)
  return [
    differs('video streams', video.length, 1),
    differs('audio streams', audio.length, plan.audio === null ? 0 : 1),
    differs('video codec', video[0]?.codec_name, plan.video.codec),
    differs('audio codec', audio[0]?.codec_name, plan.audio?.codec),
    differs('width', video[0]?.width, plan.canvas.width),
    differs('height', video[0]?.height, plan.canvas.height),
    counted ? differs('frames', video[0]?.nb_read_packets, plan.frames.total) : undefined,
    counted && plan.audio !== null
      ? isFar('packets of sound', audio[0]?.nb_read_packets, countSoundPackets(plan.audio), tolerancePackets(plan))
      : undefined,
    isFar('seconds', format.duration, seconds, tolerance),
    isFar('seconds of picture', streamSeconds(video[0]), seconds, tolerance),
    plan.audio === null ? undefined : isFar('seconds of sound', streamSeconds(audio[0]), seconds, tolerance),
  ]
}

const tolerancePackets = ({ source, audio }: EncodePlan): number =>
  audio !== null && mayChangeFormat(source.container)
    ? Math.max(LOST_PACKETS, Math.ceil(countSoundPackets(audio) * LOST_PACKETS_SHARE))
    : TOLERANCE_PACKETS

const hasPicture = ({ codec_type, nb_read_packets = 0 }: ProbeStream): boolean =>
  codec_type === 'video' && nb_read_packets > 0

const plannedSeconds = ({ frames, frameRate }: EncodePlan): number => (frames.total * frameRate.den) / frameRate.num

const streamSeconds = (stream: ProbeStream | undefined): number | undefined =>
  stream === undefined ? undefined : (stream.duration ?? durationTagSeconds(stream))

const differs = (what: string, found: string | number | undefined, planned: string | number | undefined) =>
  found === planned ? undefined : `${what}: found ${found ?? 'none'}, planned ${planned ?? 'none'}`

const isFar = (what: string, found: number | undefined, planned: number, tolerance: number) =>
  found !== undefined && Math.abs(found - planned) <= tolerance ? undefined : differs(what, found, planned)
