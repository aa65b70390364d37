import { runArgs } from './output-args.ts'
import { coloursIn, jpegFilters, jpegOutput, type PreviewInput, previewInput } from './preview-input.ts'

/** Times are rounded, and those of some files begin some milliseconds late. */
const EARLIER_SECONDS = 0.02

/** The argv that makes a poster of the frame at a time of a file, as JPEG and as WebP. In 1280x720 they have 8 to 150 kB and 3 to 130 kB (run). */
export const posterArgs = (
  input: PreviewInput,
  atSeconds: number,
  { width, height }: { width: number; height: number },
  { jpegPath, webpPath }: { jpegPath: string; webpPath: string },
): string[] => [
  ...runArgs,
  // Counted as the frames are: ffmpeg else adds where the file begins, and passes over a frame that is its first, but late.
  ...(atSeconds > EARLIER_SECONDS ? ['-seek_timestamp', '1', '-ss', (atSeconds - EARLIER_SECONDS).toFixed(3)] : []),
  ...previewInput(input),
  '-filter_complex',
  [
    `[0:v:0]scale=${width}:${height}${coloursIn(input.kind)},split[a][b]`,
    `[a]${jpegFilters(input.kind)}[jpeg]`,
    // What WebP says that it is: BT.601 in the standard range.
    `[b]scale=out_color_matrix=bt601:out_range=tv${coloursIn(input.kind)},format=yuv420p[webp]`,
  ].join(';'),
  ...['-map', '[jpeg]', ...jpegOutput(3, jpegPath)],
  ...['-map', '[webp]', '-frames:v', '1', '-c:v', 'libwebp', '-quality', '82', '-f', 'webp', `file:${webpPath}`],
]
