import type { ProbeReport, ProbeStream } from './probe-report.ts'

/** Whether the index of an mp4 ends before it has said what each of its tracks of picture and sound holds: the end of the file is missing. */
export const isUnfinished = ({ format, streams }: ProbeReport): boolean =>
  format.format_name.startsWith('mov,') && streams.some(isUndescribed)

// A track whose kind is known has the name that the file gives to its codec, even where ffprobe does not know that.
const isUndescribed = ({ codec_type, codec_name = 'unknown', codec_tag_string }: ProbeStream): boolean =>
  codec_name === 'unknown' && codec_tag_string === '[0][0][0][0]' && (codec_type === 'video' || codec_type === 'audio')
