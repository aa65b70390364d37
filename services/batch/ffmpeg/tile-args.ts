import { runArgs } from './output-args.ts'
import { coloursIn, jpegFilters, jpegOutput, type PreviewInput, previewInput } from './preview-input.ts'

type Size = { width: number; height: number }

/** Where the small pictures go: one after the other, each as its luma, a byte a pixel, and their times as framecrc. */
export type TileFiles = { pixelsPath: string; timesPath: string }

/** The argv that makes all frames of a file small: as tiles of one JPEG, and as TileFiles. */
export const tilesArgs = (
  input: PreviewInput,
  tile: Size,
  { columns, rows, path }: { columns: number; rows: number; path: string },
  files: TileFiles,
): string[] => [
  ...runArgs,
  '-copyts',
  ...previewInput(input),
  '-filter_complex',
  `[0:v:0]${small(input, tile)},split=3[tiles][seen][times];[seen]extractplanes=y[pixels];[tiles]${jpegFilters(input.kind)},tile=${columns}x${rows}[sprite]`,
  // 0.2 to 4 kB for a tile of 160x90 (run).
  ...['-map', '[sprite]', ...jpegOutput(5, path)],
  ...tileOutputs(files),
]

/** The argv that makes one frame of every `everySeconds` of a stretch of a file small, as TileFiles. Times are of the stretch. */
export const samplesArgs = (
  input: PreviewInput,
  tile: Size,
  { fromSeconds, seconds, everySeconds }: { fromSeconds: number; seconds: number; everySeconds: number },
  files: TileFiles,
): string[] => [
  ...runArgs,
  ...['-ss', fromSeconds.toFixed(3), '-t', seconds.toFixed(3)],
  ...previewInput(input),
  '-filter_complex',
  `[0:v:0]select=isnan(prev_selected_t)+gte(t-prev_selected_t\\,${everySeconds}),${small(input, tile)},split[seen][times];[seen]extractplanes=y[pixels]`,
  ...tileOutputs(files),
]

// Milliseconds: of a few frames far apart it would guess a rate, and round their times to that (run).
const small = ({ kind }: PreviewInput, { width, height }: Size): string =>
  `scale=${width}:${height}:flags=area${coloursIn(kind)},format=yuv420p,settb=1/1000`

const tileOutputs = ({ pixelsPath, timesPath }: TileFiles): string[] => [
  ...['-map', '[pixels]', '-fps_mode', 'passthrough', '-f', 'rawvideo', `file:${pixelsPath}`],
  ...['-map', '[times]', '-fps_mode', 'passthrough', '-enc_time_base', '1:1000', '-f', 'framecrc', `file:${timesPath}`],
]
