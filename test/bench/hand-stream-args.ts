import type { EncodePlan, Rendition } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { audioArgs } from '@reelway/batch/ffmpeg/output-args.ts'
import { type HandFiles, readByHand } from './hand-args.ts'

/** What somebody types to make an HLS stream of several sizes out of a file in one run: `outputPath` is the folder of it. */
export const handStreamArgs = (
  plan: EncodePlan,
  renditions: readonly Rendition[],
  encoder: readonly string[],
  { sourcePath, outputPath, threads }: HandFiles,
): string[] => {
  const labels = renditions.map((_, index) => `[s${index}]`).join('')
  const scaled = renditions.map(
    ({ width, height }, index) => `[s${index}]scale=${width}:${height},format=yuv420p[v${index}]`,
  )
  const streams = renditions.map((_, index) => `v:${index},agroup:sound`)
  return [
    ...readByHand({ sourcePath, threads }),
    ...['-filter_complex', [`[0:v]split=${renditions.length}${labels}`, ...scaled].join(';')],
    ...renditions.flatMap(({ maxBitsPerSecond }, index) => [
      ...['-map', `[v${index}]`],
      ...[`-maxrate:v:${index}`, String(maxBitsPerSecond), `-bufsize:v:${index}`, String(maxBitsPerSecond)],
    ]),
    ...[...encoder, '-sc_threshold', '0'],
    ...(plan.audio === null ? [] : ['-map', '0:a', ...audioArgs(plan.audio)]),
    ...['-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4'],
    ...['-var_stream_map', [...streams, ...(plan.audio === null ? [] : ['a:0,agroup:sound'])].join(' ')],
    ...['-master_pl_name', 'master.m3u8', `${outputPath}/%v.m3u8`],
  ]
}
