import { stat } from 'node:fs/promises'
import type { Binaries } from '../ffmpeg/binaries.ts'
import { PACKET_SAMPLES } from '../ffmpeg/packet-samples.ts'
import { resultProbeArgs } from '../ffmpeg/probe-args.ts'
import { runFfprobe } from '../ffmpeg/run-ffprobe.ts'
import type { SoundPlan } from '../ffmpeg/sound-plan.ts'
import type { SourceRecord } from '../ffmpeg/source-record.ts'
import { type ProbeReport, type ProbeStream, probeReport } from '../probe/probe-report.ts'
import type { Empty, Rejected } from './verify.ts'

export type VerifiedSound = { kind: 'verified'; durationSeconds: number; sizeBytes: number }

// What the encoder puts before the first sample and a player leaves out again: an edit list keeps it
// out of what an m4a announces; LAME's tag and the pre-skip of Opus do not (run).
const ANNOUNCED_DELAY_SAMPLES = { aac: 0, mp3: 1105, opus: 312, flac: 0 } as const

// The encoder's delay and a last packet that is not full.
const TOLERANCE_PACKETS = 3
// As much as a source may end before it said (short-sound.ts).
const TOLERANCE_SECONDS = 0.25

type Made = {
  path: string
  plan: SoundPlan
  /** What was read of its source. */
  source: SourceRecord
  hasCover: boolean
}

/**
 * Reads the sound at `path` to its end, and compares it with the plan and with what was read of its source: a file that was cut
 * short still announces all of it, only counting its packets tells. An abort throws the signal's reason.
 */
export const verifySound = async (
  binaries: Binaries,
  made: Made,
  signal: AbortSignal,
): Promise<VerifiedSound | Rejected | Empty> => {
  const { path, plan } = made
  const result = await runFfprobe(binaries.ffprobe, resultProbeArgs(path), signal)
  if (result.kind === 'failed') return { kind: 'rejected', reason: `it cannot be read: ${result.stderrTail}` }
  if (result.kind !== 'finished') return { kind: 'rejected', reason: `it cannot be read: ${result.kind}` }
  const report = probeReport.parse(JSON.parse(result.stdout))
  const sound = report.streams.find(({ codec_type }) => codec_type === 'audio')
  if (sound === undefined || (sound.nb_read_packets ?? 0) === 0) return { kind: 'empty' }
  const durationSeconds = announcedSeconds(report, plan)
  const reason = difference(report, sound, made, durationSeconds)
  if (reason !== undefined) return { kind: 'rejected', reason }
  return { kind: 'verified', durationSeconds, sizeBytes: (await stat(path)).size }
}

/** An mp3 announces the end of its last packet: no more than was planned is heard of it. */
const announcedSeconds = ({ format }: ProbeReport, { encoder, sampleRateHz, samples }: SoundPlan): number => {
  const announced = Math.max(0, (format.duration ?? 0) - ANNOUNCED_DELAY_SAMPLES[encoder.codec] / sampleRateHz)
  return encoder.codec === 'mp3' ? Math.min(announced, samples / sampleRateHz) : announced
}

const difference = (
  { streams }: ProbeReport,
  { codec_name, sample_rate, nb_read_packets = 0 }: ProbeStream,
  { plan, source: [read], hasCover }: Made,
  durationSeconds: number,
): string | undefined => {
  const { encoder, sampleRateHz, samples, source } = plan
  const found = `${streams.length} streams, ${codec_name}, ${sample_rate} Hz`
  const planned = `${hasCover ? 2 : 1} streams, ${encoder.codec}, ${sampleRateHz} Hz`
  if (found !== planned) return `found ${found}, planned ${planned}`
  const packetSeconds = PACKET_SAMPLES[encoder.codec] / sampleRateHz
  const countedSeconds = nb_read_packets * packetSeconds
  if (Math.abs(countedSeconds - durationSeconds) > TOLERANCE_PACKETS * packetSeconds) {
    return `it announces ${durationSeconds} s and holds ${countedSeconds}`
  }
  // What is heard ends where the source's sound does, unless the plan ends before it.
  const expectedSeconds = Math.min(samples / sampleRateHz, (read?.endSeconds ?? 0) - source.fromSeconds)
  if (Math.abs(durationSeconds - expectedSeconds) <= TOLERANCE_SECONDS + packetSeconds) return undefined
  return `it lasts ${durationSeconds} s, planned were ${expectedSeconds}`
}
