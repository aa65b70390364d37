import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { digitBoxes, flashBox, patches } from '../../../videos/sources/marked.ts'
import { binaries } from '../convert-video.ts'

type Box = { x: number; y: number; w: number; h: number }

/** What is seen and heard in a decoded file that shows the marks of marked.ts. */
export type Measured = {
  /** The number that each frame shows; null: its digits are neither white nor black. */
  numbers: (number | null)[]
  /** The frames at which a flash begins. */
  flashFrames: number[]
  /** When a beep begins, in seconds. */
  beepSeconds: number[]
  /** Of the middle frame: the mean red, green and blue of each patch. */
  colours: Record<string, readonly number[]>
  /** What the decoder complains of. */
  complaints: string
}

const MAX_BYTES = 200_000_000
const SAMPLE_RATE_HZ = 48_000
// A beep has half of the full scale. The encoder smears a little sound before it.
const HEARD = 0.15 * 32_768
const BEEP_SAMPLES = 0.3 * SAMPLE_RATE_HZ

/** Decodes all of a file of this size and reads its marks. */
export const measureMarks = async (
  path: string,
  { width, height, sound }: { width: number; height: number; sound: boolean },
): Promise<Measured> => {
  // As a player reads it: what its tags say.
  const picture = await decode(
    path,
    '-map',
    '0:v:0',
    '-vf',
    'scale=flags=accurate_rnd+full_chroma_int',
    '-pix_fmt',
    'rgb24',
  )
  const size = width * height * 3
  const frames = Array.from({ length: Math.floor(picture.bytes.length / size) }, (_, index) => ({
    bytes: picture.bytes.subarray(index * size, (index + 1) * size),
    width,
    height,
  }))
  const middle = frames[Math.floor(frames.length / 2)]
  const flashing = frames.map((frame) => brightness(frame, flashBox) > 128)
  const heard = sound ? await decode(path, '-map', '0:a:0', '-ac', '1', '-ar', String(SAMPLE_RATE_HZ)) : undefined
  return {
    numbers: frames.map(numberOf),
    flashFrames: flashing.flatMap((isFlash, index) => (isFlash && flashing[index - 1] !== true ? [index] : [])),
    beepSeconds: heard === undefined ? [] : beeps(heard.bytes),
    colours: Object.fromEntries(
      Object.entries(patches).map(([name, box]) => [name, middle === undefined ? [] : meanColour(middle, box)]),
    ),
    complaints: picture.complaints + (heard?.complaints ?? ''),
  }
}

const decode = async (path: string, ...argv: string[]): Promise<{ bytes: Buffer; complaints: string }> => {
  const format = argv.includes('rgb24') ? ['-f', 'rawvideo'] : ['-f', 's16le']
  const all = ['-nostdin', '-v', 'warning', '-i', path, ...argv, '-fps_mode', 'passthrough', ...format, '-']
  const options = { encoding: 'buffer', maxBuffer: MAX_BYTES } as const
  const { stdout, stderr } = await promisify(execFile)((await binaries).ffmpeg, all, options)
  return { bytes: stdout, complaints: stderr.toString() }
}

type Frame = { bytes: Buffer; width: number; height: number }

/** The mean of the inner part of a box, where what lies beside it does not reach. */
const meanColour = ({ bytes, width, height }: Frame, { x, y, w, h }: Box): [number, number, number] => {
  const sums: [number, number, number] = [0, 0, 0]
  let pixels = 0
  for (let row = Math.ceil(height * (y + h * 0.3)); row < height * (y + h * 0.7); row++) {
    for (let column = Math.ceil(width * (x + w * 0.3)); column < width * (x + w * 0.7); column++) {
      for (const colour of [0, 1, 2] as const) sums[colour] += bytes[(row * width + column) * 3 + colour] ?? 0
      pixels += 1
    }
  }
  return [sums[0] / pixels, sums[1] / pixels, sums[2] / pixels]
}

const brightness = (frame: Frame, box: Box): number => meanColour(frame, box).reduce((sum, level) => sum + level / 3, 0)

const numberOf = (frame: Frame): number | null =>
  digitBoxes.reduce<number | null>((number, box, digit) => {
    const level = brightness(frame, box)
    if (number === null || (level > 70 && level < 170)) return null
    return number + (level >= 170 ? 2 ** digit : 0)
  }, 0)

const beeps = (samples: Buffer): number[] => {
  const starts: number[] = []
  let quietUntil = 0
  for (let at = 0; at * 2 + 1 < samples.length; at++) {
    if (at < quietUntil || Math.abs(samples.readInt16LE(at * 2)) < HEARD) continue
    starts.push(at / SAMPLE_RATE_HZ)
    quietUntil = at + BEEP_SAMPLES
  }
  return starts
}
