import type { EncodePlan } from './encode-plan.ts'

type SoundFormat = {
  /** Samples at 48 kHz of one packet. */
  packetSamples: number
  /** Samples that the encoder puts before the first: they shift every packet by that much. */
  primingSamples: number
  /** So many packets are a whole number of samples at every whole rate: a piece of the sound may begin after so many. */
  alignmentPackets: number
}

// ffmpeg's own AAC encoder and libopus at its default of 20 ms, both counted (run). 1024 n / 48000 of any whole rate is whole
// for n = 375, and 960 n / 48000 for n = 50.
const FORMATS = {
  aac: { packetSamples: 1024, primingSamples: 1024, alignmentPackets: 375 },
  opus: { packetSamples: 960, primingSamples: 312, alignmentPackets: 50 },
} as const satisfies Record<NonNullable<EncodePlan['audio']>['codec'], SoundFormat>

/** How the encoder of a planned sound divides it into packets. */
export const soundFormat = ({ codec }: NonNullable<EncodePlan['audio']>): SoundFormat => FORMATS[codec]

/** How many packets the encoder makes of all of a planned sound. */
export const countSoundPackets = (audio: NonNullable<EncodePlan['audio']>): number => {
  const { packetSamples, primingSamples } = soundFormat(audio)
  return Math.ceil((countSamples(audio) + primingSamples) / packetSamples)
}

/** How many samples all of a planned sound has. */
export const countSamples = ({ samples }: NonNullable<EncodePlan['audio']>): number =>
  samples.intro + samples.body + samples.outro
