import type { Track } from '@reelway/batch/mux/read-track.ts'

const entry = (codec: string, fieldBytes: number, content: Buffer): Buffer => {
  const bytes = Buffer.concat([Buffer.alloc(8 + fieldBytes), content])
  bytes.writeUInt32BE(bytes.length)
  bytes.write(codec, 4, 'latin1')
  return bytes
}

const picture = (codec: string): Buffer => {
  const bytes = entry(codec, 78, Buffer.alloc(0))
  bytes.writeUInt16BE(128, 32)
  bytes.writeUInt16BE(72, 34)
  return bytes
}

/** Sample entries as short as they may be; a picture is 128x72. */
export const entries = {
  avc1: picture('avc1'),
  vp09: picture('vp09'),
  mp4a: entry('mp4a', 28, Buffer.alloc(0)),
  Opus: entry('Opus', 28, Buffer.from('00000013644f7073000201380000bb8000000000', 'hex').subarray(0, 19)),
}

/** A track of samples that all last `step` ticks, one after the other from byte 1000 of its file on. */
export const someTrack = (
  codec: keyof typeof entries,
  { timescale, step, sizes }: { timescale: number; step: number; sizes: Uint32Array },
): Track => ({
  timescale,
  entry: entries[codec],
  mediaTime: 0,
  sizes,
  durations: Uint32Array.of(sizes.length, step),
  compositions: null,
  keys: null,
  chunks: { offsets: Float64Array.of(1000), samples: Uint32Array.of(sizes.length) },
})

/** Groups of four frames of which the last is decoded after the first: shown 0 1 2 3, decoded 0 3 1 2; `delay` 1 frame. */
export const reordered = (track: Track, step: number, keyEvery: number): Track => {
  const shifts = [0, 2, -1, -1]
  const whole = track.sizes.length - (track.sizes.length % 4)
  return {
    ...track,
    mediaTime: step,
    compositions: Int32Array.from(
      track.sizes,
      (_, frame) => (1 + (frame < whole ? (shifts[frame % 4] ?? 0) : 0)) * step,
    ),
    keys: Uint8Array.from(track.sizes, (_, frame) => (frame % keyEvery === 0 ? 1 : 0)),
  }
}

/** Sizes that differ from one sample to the next. */
export const someSizes = (count: number, least: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, index) => least + ((index * 7919) % 1000))
