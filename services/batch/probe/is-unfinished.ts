import { mainStreams } from './main-streams.ts'
import type { ProbeReport, ProbeStream } from './probe-report.ts'

/**
 * Whether the index of an mp4 ends before it has said what its picture and its sound hold: the end of the file is missing. A sound
 * that is not described is no sign of that beside another one that is: what is used of the file is whole.
 */
export const isUnfinished = (report: ProbeReport): boolean => {
  if (!report.format.format_name.startsWith('mov,')) return false
  const { audio } = mainStreams(report)
  return report.streams.some(
    (stream) => isUndescribed(stream) && (stream.codec_type === 'video' || audio === undefined),
  )
}

// A track whose kind is known has the name that the file gives to its codec, even where ffprobe does not know that.
const isUndescribed = ({ codec_type, codec_name = 'unknown', codec_tag_string }: ProbeStream): boolean =>
  codec_name === 'unknown' && codec_tag_string === '[0][0][0][0]' && (codec_type === 'video' || codec_type === 'audio')
