import type { Preset, SoundPreset, VideoPreset } from '@reelway/shared/presets/schema.ts'
import { TYPICAL_PIXELS_PER_SECOND, typicalBits, typicalSoundBits } from '@reelway/shared/presets/typical-bits.ts'

/** What a phone records unless it is told otherwise. */
export const TYPICAL_SOURCE = { width: 1920, height: 1080, framesPerSecond: 30, durationSeconds: 60 } as const

/** What an instance of batch has on Google Cloud (infra/gcp/run/batch.yaml). */
const CORES = 4

type Expected = { sizeBytes: number; conversionSeconds: number }

/**
 * About how large the result of TYPICAL_SOURCE is, and how long one instance works on it once its turn has come: from what a pixel costs
 * the preset's codec, in bits and in time, without the seconds that fetching, checking and storing take.
 */
export const expectResult = (preset: Preset): Expected => {
  const { bits, seconds } = preset.video === null ? expectSound(preset) : expectVideo(preset)
  return { sizeBytes: rounded(bits / 8), conversionSeconds: rounded(seconds) }
}

type Effort = { bits: number; seconds: number }

const expectVideo = (preset: VideoPreset): Effort => {
  const { width, height, framesPerSecond, durationSeconds } = TYPICAL_SOURCE
  const usedSeconds = Math.min(durationSeconds, preset.maxDurationSeconds ?? durationSeconds)
  const shownSeconds = usedSeconds + (preset.bookends?.beforeSeconds ?? 0) + (preset.bookends?.afterSeconds ?? 0)
  const { minPerSecond, maxPerSecond } = preset.frameRate
  const rate = Math.min(Math.max(framesPerSecond, minPerSecond), maxPerSecond)
  const frames = preset.still === null ? shownSeconds * rate : 1
  const sizes = sizesOf(preset)
  const soundBits = (preset.audio?.bitsPerSecond ?? 0) * shownSeconds
  const decodeSeconds = (width * height * framesPerSecond * usedSeconds * preset.cost.decodeSecondsPerMegapixel) / 1e6
  const encodeSeconds =
    (sumOf(sizes.map(({ pixels }) => pixels)) * frames * preset.cost.encodeSecondsPerMegapixel) / 1e6
  const pictureBits = sizes.map(({ pixels, maxBitsPerSecond }) =>
    Math.min(bitsOf(preset.video.codec, pixels * frames, pixels * rate), maxBitsPerSecond * shownSeconds),
  )
  return {
    // Of a ladder, there is one sound for all sizes.
    bits: sumOf(pictureBits) + soundBits,
    seconds: (decodeSeconds + encodeSeconds) / CORES,
  }
}

/** Encoders of sound use one core. */
const expectSound = ({ audio, cost }: SoundPreset): Effort => {
  const { durationSeconds } = TYPICAL_SOURCE
  const bitsPerSecond =
    'bitsPerSecondPerChannel' in audio ? 2 * audio.bitsPerSecondPerChannel.standard : typicalSoundBits[audio.codec]
  return { bits: bitsPerSecond * durationSeconds, seconds: cost.secondsPerSecond * durationSeconds }
}

/** The pixels of a frame of the result in each of its sizes, and the most bits a second that it may take. */
const sizesOf = ({ ladder, canvas }: VideoPreset): { pixels: number; maxBitsPerSecond: number }[] =>
  ladder?.map(({ maxBitsPerSecond, ...sides }) => ({
    pixels: pixelsOf({ kind: 'bounded', ...sides }),
    maxBitsPerSecond,
  })) ?? [{ pixels: pixelsOf(canvas), maxBitsPerSecond: Number.POSITIVE_INFINITY }]

const sumOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0)

const pixelsOf = (canvas: VideoPreset['canvas']): number => {
  if (canvas.kind === 'fixed') return canvas.width * canvas.height
  const { width, height } = TYPICAL_SOURCE
  const scale = Math.min(1, canvas.maxShortSide / height, canvas.maxLongSide / width)
  return width * height * scale ** 2
}

const bitsOf = (codec: VideoPreset['video']['codec'], pixels: number, pixelsPerSecond: number): number => {
  const { bitsPerPixel, growth } = typicalBits[codec]
  return bitsPerPixel * pixels * (pixelsPerSecond / TYPICAL_PIXELS_PER_SECOND) ** (growth - 1)
}

/** To two digits: more would promise what nobody knows. */
const rounded = (value: number): number => Number(value.toPrecision(2))
