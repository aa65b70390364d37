import type { EncodePlan } from './encode-plan.ts'
import { turned } from './source-pixels.ts'

/**
 * The filters that make whole frames of fields, as many as the source has; none for a source that has whole ones. They need the
 * neighbours of a frame, so they come before frames are dropped or repeated.
 */
export const wholeFrames = ({ source }: Pick<EncodePlan, 'source'>): (string | null)[] => {
  if (!source.deinterlace) return []
  const by = (rotate: Source['rotate']) => turned({ source: { rotate, flip: null } })
  // ffmpeg turns a picture as its container says before any filter gets it: the lines of a field are columns then, or the last is first.
  return [by(BACK[source.fieldsTurned]), ...ofLines(source), by(source.fieldsTurned)]
}

type Source = EncodePlan['source']

const BACK = { 0: 0, 90: 270, 180: 180, 270: 90 } as const

const ofLines = (source: Source): string[] => {
  const parity = source.fieldOrder ?? 'auto'
  if (!source.isTelecined) return [`bwdif=mode=send_frame:parity=${parity}:deint=all`]
  return [
    // The fields of each frame of film are put together again; where the cadence breaks, lines are made up. One frame in five is
    // seen twice, as on television: which one it is depends on where a run begins (decimate), and parts begin anywhere.
    `fieldmatch=order=${source.fieldOrder ?? 'auto'}:combmatch=full`,
    `bwdif=mode=send_frame:parity=${parity}:deint=interlaced`,
  ]
}
