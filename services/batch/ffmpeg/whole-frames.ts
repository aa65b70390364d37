import type { EncodePlan } from './encode-plan.ts'

/**
 * The filters that make whole frames of fields, as many as the source has; none for a source that has whole ones. They need the
 * neighbours of a frame, so they come before frames are dropped or repeated.
 */
export const wholeFrames = ({ source }: Pick<EncodePlan, 'source'>): string[] => {
  if (!source.deinterlace) return []
  const [back, again] = TURNS[source.fieldsTurned]
  return [...back, ...ofLines(source), ...again]
}

// ffmpeg turns a picture as its container says before any filter gets it: then the lines of a field are columns, or the last is first.
const TURNS = {
  0: [[], []],
  90: [['transpose=cclock'], ['transpose=clock']],
  180: [['hflip,vflip'], ['hflip,vflip']],
  270: [['transpose=clock'], ['transpose=cclock']],
} as const

const ofLines = (source: EncodePlan['source']): string[] => {
  const parity = source.fieldOrder ?? 'auto'
  if (!source.isTelecined) return [`bwdif=mode=send_frame:parity=${parity}:deint=all`]
  return [
    // The fields of each frame of film are put together again; where the cadence breaks, lines are made up. One frame in five is
    // seen twice, as on television: which one it is depends on where a run begins (decimate), and parts begin anywhere.
    `fieldmatch=order=${source.fieldOrder ?? 'auto'}:combmatch=full`,
    `bwdif=mode=send_frame:parity=${parity}:deint=interlaced`,
  ]
}
