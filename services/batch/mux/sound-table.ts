import { malformedPart } from './malformed-part.ts'
import type { Cut } from './picture-table.ts'
import type { Track } from './read-track.ts'
import { requireStep } from './require-step.ts'
import { codecOf, largestRateOf, requireSameEntry } from './sample-entry.ts'

/** Both codecs of sound are made at this rate: so are the presets, and Opus knows no other. */
export const SOUND_HZ = 48_000

/** All packets of the sound of the result. 4 bytes a packet: 8 MB for 12 h of AAC. */
export type SoundTable = {
  /** undefined until the first piece is there */
  entry: Buffer | undefined
  /** bits a second, as the pieces announce */
  largestRate: number
  packets: number
  sizes: Uint32Array
  /** that are heard, of each channel; what is before and after them is the encoder's */
  samples: number
  /** that a decoder makes of a packet, and of the first ones that are not heard */
  packetSamples: number
  priming: number
}

export const makeSoundTable = (samples: number, packets: number): SoundTable => ({
  entry: undefined,
  largestRate: Number.POSITIVE_INFINITY,
  packets,
  sizes: new Uint32Array(packets),
  samples,
  packetSamples: 0,
  priming: 0,
})

/** Adds a piece of the sound whose first used packet is number `start` of the whole. Throws result_rejected when it does not fit. */
export const addSound = (table: SoundTable, start: number, track: Track, { lead, samples: packets }: Cut): void => {
  if (lead + packets > track.sizes.length) {
    throw malformedPart(`a part has ${track.sizes.length} of ${lead + packets} packets`)
  }
  if (track.timescale !== SOUND_HZ) throw malformedPart(`a part has sound of ${track.timescale} Hz`)
  table.entry ??= track.entry
  requireSameEntry(table.entry, track.entry)
  table.largestRate = Math.min(table.largestRate, largestRateOf(track.entry))
  if (start === 0) {
    if (lead !== 0) throw malformedPart('the first part of the sound has packets before its beginning')
    table.packetSamples = packetSamplesOf(track.entry)
    table.priming = track.mediaTime
  }
  requireStep(track, table.packetSamples)
  table.sizes.set(track.sizes.subarray(lead, lead + packets), start)
}

/** AAC: 1024 samples (ISO/IEC 14496-3); Opus: 20 ms, which is what its encoder makes unless told otherwise. */
const packetSamplesOf = (entry: Buffer): number => {
  const codec = codecOf(entry)
  if (codec !== 'mp4a' && codec !== 'Opus') throw malformedPart(`a part has sound of the codec ${codec}`)
  return codec === 'mp4a' ? 1024 : 960
}

/**
 * How many samples of the last packet count, so that the track ends with the last one that is heard. Throws result_rejected
 * when there are too few or too many packets for that.
 */
export const lastPacketSamples = ({ packets, packetSamples, priming, samples }: SoundTable): number => {
  const last = priming + samples - (packets - 1) * packetSamples
  if (last < 1 || last > packetSamples)
    throw malformedPart(`${packets} packets of sound are not for ${samples} samples`)
  return last
}
