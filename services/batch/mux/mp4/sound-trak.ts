import type { Description } from '../description.ts'
import { SOUND_TRACK_ID } from '../layout.ts'
import { malformedPart } from '../malformed-part.ts'
import { codecOf, withRates } from '../sample-entry.ts'
import { lastPacketSamples, SOUND_HZ, type SoundTable } from '../sound-table.ts'
import { sumSizes } from '../sum-sizes.ts'
import { box, fullBox, type Lazy, uint16, uint32 } from './box.ts'
import { chunkOffsets, type Places, stsc, stsz, stts } from './sample-tables.ts'
import { MOVIE_TICKS_PER_SECOND, trak } from './trak.ts'

/** The track of the sound, which is the second, and how long it is heard. */
export const soundTrak = (
  sound: SoundTable,
  where: Omit<Places, 'stream'>,
  { creationTime, soundLanguage }: Description,
): { trak: Lazy; durationMillis: number } => {
  const { entry, packets, packetSamples, priming, samples, sizes } = sound
  if (entry === undefined) throw malformedPart('there is no sound')
  const millis = (ofSamples: number) => Math.ceil((ofSamples * MOVIE_TICKS_PER_SECOND) / SOUND_HZ)
  const average = Math.floor((sumSizes(sizes, 0, packets) * 8 * SOUND_HZ) / (priming + samples))
  const places = { ...where, stream: 'sound' } as const
  const tables = box(
    'stbl',
    fullBox('stsd', 0, 0, uint32(1), withRates(entry, { largest: Math.max(average, sound.largestRate), average })),
    stts(packets, packetSamples, lastPacketSamples(sound)),
    stsc(places),
    stsz(sizes),
    chunkOffsets(places),
    ...(codecOf(entry) === 'Opus' ? opusPreRoll(packets, packetSamples) : aacPreRoll(packets)),
  )
  const durationMillis = millis(samples)
  return {
    durationMillis,
    trak: trak({
      id: SOUND_TRACK_ID,
      kind: 'soun',
      durationMillis,
      // ffmpeg's own rule (5.1, mov_write_edts_tag): each of the two is rounded up.
      editMillis: millis(samples + priming) - millis(priming),
      mediaTime: priming,
      timescale: SOUND_HZ,
      durationTicks: priming + samples,
      size: null,
      creationTime,
      language: soundLanguage,
      tables,
    }),
  }
}

/** After a seek one packet is decoded that is not heard: the group "roll", of which all packets are (14496-12, 10.1). */
const aacPreRoll = (packets: number): Lazy[] => [
  fullBox('sgpd', 1, 0, Buffer.from('roll'), uint32(2, 1), uint16(0xffff)),
  fullBox('sbgp', 0, 0, Buffer.from('roll'), uint32(1, packets, 1)),
]

/** 80 ms (Opus in ISOBMFF, 4.3.6.2), in samples. */
const OPUS_ROLL_SAMPLES = 3840

/** After a seek 80 ms are decoded that are not heard; the packets that have less before them are of no group. */
const opusPreRoll = (packets: number, packetSamples: number): Lazy[] => {
  const rolled = Math.ceil(OPUS_ROLL_SAMPLES / packetSamples)
  if (packets <= rolled) return []
  return [
    fullBox('sgpd', 1, 0, Buffer.from('roll'), uint32(2, 1), uint16(0x10000 - rolled)),
    fullBox('sbgp', 0, 0, Buffer.from('roll'), uint32(2, rolled, 0, packets - rolled, 1)),
  ]
}
