import type { Rational } from '../ffmpeg/encode-plan.ts'

/** The rates that cameras and broadcasters use, in order. */
const STANDARD_RATES: readonly Rational[] = [
  { num: 24000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30000, den: 1001 },
  { num: 30, den: 1 },
  { num: 48, den: 1 },
  { num: 50, den: 1 },
  { num: 60000, den: 1001 },
  { num: 60, den: 1 },
]

// A phone that promises 30 delivers 29.7 to 30.2; between 24 and 25 and 30 there is always more room than this.
const CLOSE = 0.01

// When nothing in the file tells the rate.
const UNKNOWN: Rational = { num: 25, den: 1 }

/**
 * The constant rate of the result for a source whose rate may vary: the nearest standard rate when one is close, else the
 * next one above, since a frame shown twice is seen less than a frame that is missing. Rates above `maxPerSecond` are halved
 * (120 gives 60, 119.88 gives 59.94), slow ones are whole numbers, doubled up to `minPerSecond`.
 */
export const chooseFrameRate = (
  { average, base }: { average: Rational | null; base: Rational | null },
  limits: { minPerSecond: number; maxPerSecond: number },
): Rational => {
  const source = average ?? base ?? UNKNOWN
  let rate = perSecond(source)
  while (rate > limits.maxPerSecond * (1 + CLOSE)) rate /= 2
  while (rate < limits.minPerSecond * (1 - CLOSE)) rate *= 2
  const usable = STANDARD_RATES.filter((standard) => perSecond(standard) <= limits.maxPerSecond)
  const nearest = usable.toSorted((a, b) => distance(a, rate) - distance(b, rate))[0]
  if (nearest !== undefined && distance(nearest, rate) <= CLOSE) return nearest
  const slowest = usable[0]
  if (slowest === undefined || rate < perSecond(slowest)) return wholeRate(rate)
  return usable.find((standard) => perSecond(standard) >= rate) ?? usable.at(-1) ?? UNKNOWN
}

/** Frames a second as a number, for sums that need not be exact. */
export const perSecond = ({ num, den }: Rational): number => num / den

const distance = (standard: Rational, rate: number): number => Math.abs(perSecond(standard) / rate - 1)

const wholeRate = (rate: number): Rational => {
  const rounded = Math.round(rate)
  return { num: Math.max(1, Math.abs(rounded / rate - 1) <= CLOSE ? rounded : Math.ceil(rate)), den: 1 }
}
