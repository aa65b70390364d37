import type { EncodePlan, PlanPart } from './encode-plan.ts'
import { stretchOfSound } from './sound-graph.ts'
import { countSoundPackets, soundFormat } from './sound-packets.ts'

type PartSound = {
  /** The filter graph, ending in [a]. */
  graph: string
  /** Packets that are encoded before those of the part, and dropped. */
  lead: number
  /** How many packets ffmpeg will write at least, with the lead; exactly so many for a part that ends with the sound. */
  packets: number
  /** What is encoded, in samples of the whole sound: from the first up to, without, the end. */
  firstSample: number
  endSample: number
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
  const { packetSamples, alignmentPackets } = soundFormat(audio)
  const all = countSoundPackets(audio)
  const firstPacket = Math.max(0, Math.floor((start - LEAST_LEAD_PACKETS) / alignmentPackets) * alignmentPackets)
  const firstSample = firstPacket * packetSamples
  const endSample =
    end >= all ? audio.samples.body : Math.min(audio.samples.body, (end + EXTRA_PACKETS) * packetSamples)
  return {
    graph: stretchOfSound(plan, audio, { firstSample, endSample }),
    lead: start - firstPacket,
    packets: end - firstPacket,
    firstSample,
    endSample,
  }
}
