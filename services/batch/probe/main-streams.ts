import type { ProbeReport, ProbeStream } from './probe-report.ts'

/**
 * The picture and the sound that a player would show: pictures that move before the previews of one frame that cameras put beside them,
 * streams marked as default first, then the largest picture, then the order in the file. Of several programmes in one broadcast the
 * sound is that of the picture's. Cover pictures and thumbnails are no video; sound that announces no format cannot be decoded and is none.
 */
export const mainStreams = ({
  streams,
  programs,
}: ProbeReport): { video: ProbeStream | undefined; audio: ProbeStream | undefined } => {
  const video = streams
    .filter(isMovingPicture)
    .sort((a, b) => byMotion(a, b) || byDefault(a, b) || area(b) - area(a) || a.index - b.index)[0]
  const program = programs.find((one) => one.streams.some(({ index }) => index === video?.index))
  const isBeside = ({ index }: ProbeStream) => Number(program?.streams.some((other) => other.index === index) ?? false)
  const audio = streams
    .filter(isSound)
    .sort((a, b) => isBeside(b) - isBeside(a) || byDefault(a, b) || a.index - b.index)[0]
  return { video, audio }
}

const isMovingPicture = ({ codec_type, disposition }: ProbeStream): boolean =>
  codec_type === 'video' && disposition?.attached_pic !== 1 && disposition?.timed_thumbnails !== 1

const isSound = ({ codec_type, codec_name, sample_rate = 0, channels = 0 }: ProbeStream): boolean =>
  codec_type === 'audio' && codec_name !== undefined && codec_name !== 'unknown' && sample_rate > 0 && channels > 0

const byMotion = (a: ProbeStream, b: ProbeStream): number => Number(a.nb_frames === 1) - Number(b.nb_frames === 1)

const byDefault = (a: ProbeStream, b: ProbeStream): number =>
  (b.disposition?.default ?? 0) - (a.disposition?.default ?? 0)

const area = ({ width = 0, height = 0 }: ProbeStream): number => width * height
