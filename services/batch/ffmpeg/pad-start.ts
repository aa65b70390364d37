import { mayChangeFormat } from './may-change-format.ts'
import type { Chain } from './render-graph.ts'

type Sound = {
  container: string
  /** Where the sound begins, in seconds from the start of the source. */
  startSeconds: number
  /** From where on it is to be heard, or silence, in samples of the source from its start. */
  fromSample: number
  sourceRateHz: number
  /** The rate that it is brought to. */
  sampleRateHz: number
  /** Its encoder takes so many samples at a time, and the first of them is this one, at that rate. */
  packets: { samples: number; firstSample: number }
}

/**
 * A chain that resamples a sound, fills its gaps, and puts silence before it where it begins late, between the filters of `before` and
 * those of `after`.
 *
 * When the format of a sound changes in its middle, ffmpeg makes the graph anew, and the new one would put silence before what comes
 * then, too, as long as all that was heard (run: a broadcast of 4 s of mono and 4 s of stereo became 12 s). So, where formats may change,
 * there are two ways through the graph, and the first thing that comes decides which is open: the one that pads, or, when that comes
 * too late to be the beginning, the other.
 */
export const padStart = ({ from, filters: before, to }: Chain, sound: Sound, after: Chain['filters']): Chain[] => {
  const { container, startSeconds, fromSample, sourceRateHz, sampleRateHz } = sound
  const resampled = `aresample=${sampleRateHz}:async=1`
  const padded = `${resampled}:first_pts=${fromSample}`
  const input = from === undefined ? {} : { from }
  if (!mayChangeFormat(container)) return [{ ...input, filters: [...before, padded, ...after], to }]
  const fromSeconds = fromSample / sourceRateHz
  const isLate = startSeconds - fromSeconds > SHORTEST_PADDING_SECONDS
  const isLater = `gt(STARTT,${Math.max(startSeconds, fromSeconds) + BEGINNING_SECONDS})`
  const way = (name: string) => `${to.join('-')}-${name}`
  return [
    { ...input, filters: [...before, 'asplit'], to: [way('first'), way('later')] },
    ifElseNever(way('first'), `if(${isLater},${NEVER_SECONDS}/TB,PTS)`, isLate ? padded : resampled, way('padded')),
    ifElseNever(way('later'), `if(${isLater},PTS,${NEVER_SECONDS}/TB)`, resampled, way('changed')),
    ...fromPacket(way('changed'), sound, way('going-on')),
    // concat counts in microseconds.
    {
      from: [way('padded'), way('going-on')],
      filters: ['concat=n=2:v=0:a=1', `asettb=1/${sampleRateHz}`, ...after],
      to,
    },
  ]
}

/** A way that ends with the first thing that comes when that is put beyond all times. */
const ifElseNever = (from: string, pts: string, resampled: string, to: string): Chain => ({
  from: [from],
  filters: [`asetpts='${pts}'`, `atrim=end=${NEVER_SECONDS / 2}`, resampled],
  to: [to],
})

/**
 * A way that begins with a packet of the encoder: with as much silence as the encoder had of the last packet when the format changed,
 * for that is lost with the graph, and packets at other distances cannot be joined.
 */
const fromPacket = (from: string, { packets: { samples, firstSample } }: Sound, to: string): Chain[] => {
  const lost = (start: string) => `mod(${start}-(${firstSample})-1,${samples})+1`
  return [
    { from: [from], filters: ['asplit'], to: [`${to}-lost`, `${to}-rest`] },
    {
      from: [`${to}-lost`],
      filters: [
        ...[`atrim=end_sample=${samples}`, 'asetnsamples=n=1:p=0'],
        ...[`aselect='lt(pts-start_pts,${lost('start_pts')})'`, `asetpts='PTS-(${lost('STARTPTS')})'`, 'volume=0'],
      ],
      to: [`${to}-silence`],
    },
    // What is put behind it begins where it ends.
    { from: [`${to}-rest`], filters: ['asetpts=PTS-STARTPTS'], to: [`${to}-heard`] },
    { from: [`${to}-silence`, `${to}-heard`], filters: ['concat=n=2:v=0:a=1'], to: [to] },
  ]
}

// Less than half a sample at every rate up to 96 kHz.
const SHORTEST_PADDING_SECONDS = 0.000005

// The first packets may be damaged, and no sound changes so soon.
const BEGINNING_SECONDS = 1
// Eleven days: no source is half as long.
const NEVER_SECONDS = 1_000_000
