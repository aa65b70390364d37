import type { EncodePlan, PlanPart } from './encode-plan.ts'
import type { InputName } from './input-args.ts'
import { stretchInputs, stretchOfSound } from './sound-graph.ts'
import { countSamples, countSoundPackets, soundFormat } from './sound-packets.ts'

type PartSound = {
  /** The filter graph, ending in [a], and what it reads. */
  graph: string
  inputs: InputName[]
  /** Packets that are encoded before those of the part, and dropped. */
  lead: number
  /** How many packets ffmpeg will write at least, with the lead; exactly so many for a part that ends with the sound. */
  packets: number
  /** How many at most. */
  mostPackets: number
  /** What is encoded, in samples of the whole sound: from the first up to, without, the end. */
  firstSample: number
  endSample: number
  /** Where the source is heard in it, in seconds from the first that is used of it; null: nowhere. */
  heard: { fromSeconds: number; toSeconds: number } | null
}

// Half a second and more for AAC: what an encoder decides depends on what it heard just before.
const LEAST_LEAD_PACKETS = 25
// An encoder looks ahead, and a packet overlaps the next.
const EXTRA_PACKETS = 4

/**
 * How a part of the sound is encoded so that its packets are those of the whole sound: by the same filters, from a sample
 * that lies on the grid of both rates, some packets early.
 */
export const partSound = (
  plan: EncodePlan,
  audio: NonNullable<EncodePlan['audio']>,
  { start, end }: PlanPart,
): PartSound => {
  const { packetSamples, primingSamples, alignmentPackets } = soundFormat(audio)
  const all = countSoundPackets(audio)
  const firstPacket = Math.max(0, Math.floor((start - LEAST_LEAD_PACKETS) / alignmentPackets) * alignmentPackets)
  const firstSample = firstPacket * packetSamples
  const samples = countSamples(audio)
  const endSample = end >= all ? samples : Math.min(samples, (end + EXTRA_PACKETS) * packetSamples)
  return {
    graph: stretchOfSound(plan, audio, { firstSample, endSample }),
    inputs: stretchInputs(plan, audio, { firstSample, endSample }),
    lead: start - firstPacket,
    packets: end - firstPacket,
    mostPackets: Math.ceil((endSample - firstSample + primingSamples) / packetSamples),
    firstSample,
    endSample,
    heard: heardOfSource(audio, firstSample, endSample),
  }
}

const heardOfSource = (
  { samples, sampleRateHz }: NonNullable<EncodePlan['audio']>,
  firstSample: number,
  endSample: number,
): PartSound['heard'] => {
  const from = Math.max(0, firstSample - samples.intro)
  const to = Math.min(samples.body, endSample - samples.intro)
  // The graph begins at a whole second.
  return from < to ? { fromSeconds: Math.floor(from / sampleRateHz), toSeconds: to / sampleRateHz } : null
}
