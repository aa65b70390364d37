import type { ProbeReport, ProbeStream } from './probe-report.ts'

/**
 * The picture and the sound that a player would show: pictures that move before the previews of one frame that cameras put beside them,
 * streams marked as default first, then the largest picture, then the
 * order in the file. Cover pictures and thumbnails are no video; sound that announces no format cannot be decoded and is none.
 */
export const mainStreams = ({
  streams,
}: ProbeReport): { video: ProbeStream | undefined; audio: ProbeStream | undefined } => ({
  video: streams
    .filter(isMovingPicture)
    .sort((a, b) => byMotion(a, b) || byDefault(a, b) || area(b) - area(a) || a.index - b.index)[0],
  audio: streams.filter(isSound).sort((a, b) => byDefault(a, b) || a.index - b.index)[0],
})

const isMovingPicture = ({ codec_type, disposition }: ProbeStream): boolean =>
  codec_type === 'video' && disposition?.attached_pic !== 1 && disposition?.timed_thumbnails !== 1

const isSound = ({ codec_type, codec_name, sample_rate = 0, channels = 0 }: ProbeStream): boolean =>
  codec_type === 'audio' && codec_name !== undefined && codec_name !== 'unknown' && sample_rate > 0 && channels > 0

const byMotion = (a: ProbeStream, b: ProbeStream): number => Number(a.nb_frames === 1) - Number(b.nb_frames === 1)

const byDefault = (a: ProbeStream, b: ProbeStream): number =>
  (b.disposition?.default ?? 0) - (a.disposition?.default ?? 0)

const area = ({ width = 0, height = 0 }: ProbeStream): number => width * height
