import { ownResultInput } from './hardening.ts'

/** A file of ours on disk that is to be shown small: a video in the colours of our results, or a picture in its own. */
export type PreviewInput = { path: string; kind: 'video' | 'jpeg' | 'gif' }

/** The options in front of it, and itself. */
export const previewInput = ({ path, kind }: PreviewInput): string[] => [
  // Said, for by its name a JPEG may be taken for one of many, with numbers.
  ...(kind === 'video' ? ownResultInput : [...ownPicture, '-f', kind === 'gif' ? 'gif' : 'jpeg_pipe']),
  ...['-i', `file:${path}`],
]

const ownPicture: readonly string[] = ['-protocol_whitelist', 'file', '-format_whitelist', 'jpeg_pipe,gif']

/** What a scale filter is told of its colours, with a colon before it: as in image-tail.ts, what is not said is taken for BT.601. */
export const coloursIn = (kind: PreviewInput['kind']): string =>
  kind === 'video' ? ':in_color_matrix=bt709:in_range=tv' : ''

/** The filters to what JFIF says that a JPEG is: BT.601 in full range. */
export const jpegFilters = (kind: PreviewInput['kind']): string =>
  `scale=out_color_matrix=bt601:out_range=pc${coloursIn(kind)},format=yuvj420p`

/** One JPEG, of ffmpeg's scale of qualities from 2 to 31. */
export const jpegOutput = (scale: number, path: string): string[] => [
  ...['-frames:v', '1', '-q:v', String(scale)],
  ...['-f', 'mjpeg', `file:${path}`],
]
