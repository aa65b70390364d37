import type { StreamIndex } from '@reelway/shared/hls/stream-index.ts'
import type { Rational } from '../ffmpeg/encode-plan.ts'
import type { CmafFile } from '../mux/join-hls.ts'

/** What the playlists of the files of a stream are made of. */
export const indexOfStream = (files: readonly CmafFile[], { num, den }: Rational): StreamIndex => {
  const video = files.flatMap((file) => {
    const { rendition } = file
    return rendition === null ? [] : [{ ...entryOf(file), width: rendition.width, height: rendition.height }]
  })
  const sound = files.find(({ rendition }) => rendition === null)
  return { frameRate: num / den, video: firstToStart(video), sound: sound === undefined ? null : entryOf(sound) }
}

const entryOf = ({ name, codec, initBytes, segments }: CmafFile) => ({
  name,
  codec,
  initBytes,
  segments: segments.map(({ sizeBytes, durationSeconds }): [number, number] => [sizeBytes, durationSeconds]),
})

// What a telephone network carries from the first second on: Apple's HLS authoring specification asks for about 2 Mb/s.
const STARTS_WITH_LINES = 480

/** A player begins with the size that it is told of first: not the largest, but one that is there soon. */
const firstToStart = <Size extends { width: number; height: number }>(sizes: Size[]): Size[] => {
  const first = sizes.find(({ width, height }) => Math.min(width, height) <= STARTS_WITH_LINES)
  return first === undefined ? sizes.toReversed() : [first, ...sizes.filter((size) => size !== first)]
}
