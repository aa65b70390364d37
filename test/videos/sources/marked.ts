/**
 * A picture that tells what was done to it: colours in its corners and at its sides, the number of the frame in white and black
 * boxes across the middle, and a white flash at the same time as a beep in the sound, once at the beginning and once at the end.
 */
export type Marks = {
  width: number
  height: number
  rate: string
  seconds: number
  /** The number of a frame: n, or something made of it. */
  number: string
}

/** Sizes and places are shares of the width and the height. */
type Box = { x: number; y: number; w: number; h: number }

/** What is painted where, as red, green and blue. */
export const patches = {
  'top left': { x: 0, y: 0, w: 0.2, h: 0.25, colour: [200, 40, 40] },
  'top right': { x: 0.8, y: 0, w: 0.2, h: 0.25, colour: [40, 180, 60] },
  'bottom left': { x: 0, y: 0.75, w: 0.2, h: 0.25, colour: [50, 70, 200] },
  'bottom right': { x: 0.8, y: 0.75, w: 0.2, h: 0.25, colour: [220, 200, 40] },
  skin: { x: 0.25, y: 0.05, w: 0.2, h: 0.25, colour: [224, 172, 140] },
  sky: { x: 0.55, y: 0.05, w: 0.2, h: 0.25, colour: [110, 170, 230] },
} as const satisfies Record<string, Box & { colour: readonly [number, number, number] }>

/** White during a flash. */
export const flashBox: Box = { x: 0.3, y: 0.7, w: 0.4, h: 0.25 }

const BITS = 10

/** One for each binary digit of the frame's number, the lowest first. */
export const digitBoxes: readonly Box[] = Array.from({ length: BITS }, (_, digit) => ({
  x: 0.1 + digit * 0.08,
  y: 0.4,
  w: 0.08,
  h: 0.2,
}))

const FLASH_SECONDS = 0.1

/** When flash and beep begin, in seconds: none in a clip that is over before. */
export const flashTimes = (seconds: number): readonly number[] => (seconds < 1 ? [] : [0.2, seconds - 0.4])

/** The argv of the picture, as an input. It is RGB. */
export const markedPicture = (marks: Partial<Marks> = {}): string[] => {
  const { width = 320, height = 180, rate = '30', seconds = 2, number = 'n' } = marks
  const filters = [
    `color=c=0x808080:size=${width}x${height}:rate=${rate}:duration=${seconds}`,
    'format=gbrp',
    ...Object.values(patches).map(({ colour, ...box }) => painted(box, colour)),
    ...digitBoxes.map((box, digit) =>
      painted(box, [255, 255, 255], `gte(mod(${number}\\,${2 ** (digit + 1)})\\,${2 ** digit})`),
    ),
    ...digitBoxes.map((box, digit) =>
      painted(box, [0, 0, 0], `lt(mod(${number}\\,${2 ** (digit + 1)})\\,${2 ** digit})`),
    ),
    painted(flashBox, [0, 0, 0]),
    painted(flashBox, [255, 255, 255], duringFlashes(seconds)),
  ]
  return ['-f', 'lavfi', '-i', filters.join(',')]
}

/** The argv of the sound, as an input: two beeps of 1 kHz. */
export const markedSound = (seconds = 2, rateHz = 48_000): string[] => {
  const beep = `0.5*sin(2*PI*1000*t)*(${duringFlashes(seconds)})`
  return ['-f', 'lavfi', '-i', `aevalsrc=${beep}:sample_rate=${rateHz}:duration=${seconds}`]
}

/** A little early, so that the frame that begins at that time is meant whatever its time is rounded to. */
const duringFlashes = (seconds: number): string =>
  [
    '0',
    ...flashTimes(seconds).map(
      (time) => `between(t\\,${(time - 0.001).toFixed(3)}\\,${(time + FLASH_SECONDS - 0.002).toFixed(3)})`,
    ),
  ].join('+')

const painted = ({ x, y, w, h }: Box, [red, green, blue]: readonly [number, number, number], enable?: string): string =>
  [
    `drawbox=x=iw*${x.toFixed(2)}:y=ih*${y.toFixed(2)}:w=iw*${w.toFixed(2)}:h=ih*${h.toFixed(2)}`,
    `color=0x${[red, green, blue].map((level) => level.toString(16).padStart(2, '0')).join('')}:t=fill`,
    ...(enable === undefined ? [] : [`enable=${enable}`]),
  ].join(':')
