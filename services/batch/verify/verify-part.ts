import { stat } from 'node:fs/promises'
import type { Binaries } from '../ffmpeg/binaries.ts'
import type { EncodePlan, PlanPart } from '../ffmpeg/encode-plan.ts'
import { partSound } from '../ffmpeg/part-sound.ts'
import { resultProbeArgs } from '../ffmpeg/probe-args.ts'
import { renditionPath } from '../ffmpeg/rendition-args.ts'
import { runFfprobe } from '../ffmpeg/run-ffprobe.ts'
import { countSoundPackets } from '../ffmpeg/sound-packets.ts'
import { type ProbeStream, probeReport } from '../probe/probe-report.ts'
import { gatherRenditions } from './gather-renditions.ts'
import type { Rejected } from './verify.ts'

export type VerifiedPart = { kind: 'verified'; lead: number; sizeBytes: number }

/**
 * Reads the part at `path` to its end and counts its packets: a picture has exactly one for each frame, sound exactly those of
 * the part and its lead when it ends with the whole, else at least those and no more than was to be heard. An abort throws the signal's reason.
 */
export const verifyPart = async (
  binaries: Binaries,
  path: string,
  plan: EncodePlan,
  part: PlanPart,
  signal: AbortSignal,
): Promise<VerifiedPart | Rejected> => {
  if (part.stream === 'sound' || plan.renditions === null) {
    return await verifyFile(binaries, path, { ...plan, size: plan.canvas }, part, signal)
  }
  for (const [index, size] of plan.renditions.entries()) {
    const verdict = await verifyFile(binaries, renditionPath(path, index), { ...plan, size }, part, signal)
    if (verdict.kind === 'rejected') return { kind: 'rejected', reason: `${size.name}: ${verdict.reason}` }
  }
  return { kind: 'verified', lead: 0, sizeBytes: await gatherRenditions(path, plan.renditions.length) }
}

type SizedPlan = EncodePlan & { size: EncodePlan['canvas'] }

const verifyFile = async (
  binaries: Binaries,
  path: string,
  plan: SizedPlan,
  part: PlanPart,
  signal: AbortSignal,
): Promise<VerifiedPart | Rejected> => {
  const result = await runFfprobe(binaries.ffprobe, resultProbeArgs(path), signal)
  if (result.kind === 'failed') return { kind: 'rejected', reason: `it cannot be read: ${result.stderrTail}` }
  if (result.kind !== 'finished') return { kind: 'rejected', reason: `it cannot be read: ${result.kind}` }
  const { streams } = probeReport.parse(JSON.parse(result.stdout))
  const [stream] = streams
  if (stream === undefined || streams.length !== 1)
    return { kind: 'rejected', reason: `it has ${streams.length} streams` }
  const { lead, reason } = part.stream === 'picture' ? checkPicture(plan, part, stream) : checkSound(plan, part, stream)
  if (reason !== undefined) return { kind: 'rejected', reason }
  return { kind: 'verified', lead, sizeBytes: (await stat(path)).size }
}

type Check = { lead: number; reason: string | undefined }

const checkPicture = (plan: SizedPlan, { start, end }: PlanPart, stream: ProbeStream): Check => {
  const { codec_name, width, height, nb_read_packets } = stream
  const found = `${codec_name} ${width}x${height}, ${nb_read_packets} frames`
  const planned = `${plan.video.codec} ${plan.size.width}x${plan.size.height}, ${end - start} frames`
  return { lead: 0, reason: found === planned ? undefined : `found ${found}, planned ${planned}` }
}

const checkSound = (plan: EncodePlan, part: PlanPart, { codec_name, nb_read_packets = 0 }: ProbeStream): Check => {
  if (plan.audio === null) return { lead: 0, reason: 'no sound was planned' }
  const { lead, packets, mostPackets } = partSound(plan, plan.audio, part)
  const isEnd = part.end === countSoundPackets(plan.audio)
  const isEnough = isEnd ? nb_read_packets === packets : nb_read_packets >= packets && nb_read_packets <= mostPackets
  if (codec_name === plan.audio.codec && isEnough) return { lead, reason: undefined }
  return { lead, reason: `found ${codec_name}, ${nb_read_packets} packets, planned ${plan.audio.codec}, ${packets}` }
}
