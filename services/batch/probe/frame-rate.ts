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

// What every second frame of a European camera comes to: at 13 a second, one in twelve would be shown twice.
const HALF_OF_25: Rational = { num: 25, den: 2 }

// When nothing in the file tells the rate.
const UNKNOWN: Rational = { num: 25, den: 1 }

/**
 * The constant rate of the result. A source near a standard rate gets it. One whose rate varies gets the rate on whose grid
 * its frames lie (`base`), when that is a standard rate, else the next standard rate above its average: a frame shown twice
 * is seen less than a frame that is missing. Rates above `maxPerSecond` are halved (120 gives 60, 119.88 gives 59.94), slow
 * ones are whole numbers, doubled up to `minPerSecond`.
 */
export const chooseFrameRate = (
  { average, base }: { average: Rational | null; base: Rational | null },
  limits: { minPerSecond: number; maxPerSecond: number },
): Rational => {
  const usable = STANDARD_RATES.filter((standard) => perSecond(standard) <= limits.maxPerSecond)
  const rate = withinLimits(perSecond(average ?? base ?? UNKNOWN), limits)
  const grid = base === null ? undefined : closest(usable, gridWithin(perSecond(base), rate, limits))
  const nearest = closest(usable, rate)
  // 29.93 on average, from a camera of 30: the average alone would say 29.97.
  if (nearest !== undefined) return grid !== undefined && isClose(grid, rate) ? grid : nearest
  if (grid !== undefined && perSecond(grid) > rate) return grid
  const slowest = usable[0]
  if (slowest === undefined || rate < perSecond(slowest))
    return isClose(HALF_OF_25, rate) ? HALF_OF_25 : wholeRate(rate)
  return usable.find((standard) => perSecond(standard) >= rate) ?? usable.at(-1) ?? UNKNOWN
}

// Slow motion whose speed changes: at half of 120 all of it is smooth. More than twice its average would be frames for nothing.
const gridWithin = (base: number, rate: number, limits: { minPerSecond: number; maxPerSecond: number }): number => {
  const halved = withinLimits(base, limits)
  return halved === base || halved <= 2 * rate ? halved : base
}

// Below this share of what was allowed too much of the motion is lost.
const LEAST_SHARE = 0.8

/**
 * A rate that is not above a ceiling of so many frames a second: every second frame, or third and so on, when that is near the
 * ceiling, for motion is smooth then, else the ceiling itself.
 */
export const capFrameRate = (rate: Rational, ceilingPerSecond: number): Rational => {
  const times = Math.ceil(perSecond(rate) / ceilingPerSecond)
  if (times <= 1) return rate
  const even = reduced({ num: rate.num, den: rate.den * times })
  return perSecond(even) >= LEAST_SHARE * ceilingPerSecond ? even : { num: ceilingPerSecond, den: 1 }
}

const reduced = ({ num, den }: Rational): Rational => {
  const divisor = greatestDivisor(num, den)
  return { num: num / divisor, den: den / divisor }
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b))

const withinLimits = (rate: number, { minPerSecond, maxPerSecond }: { minPerSecond: number; maxPerSecond: number }) => {
  let within = rate
  while (within > maxPerSecond * (1 + CLOSE)) within /= 2
  while (within < minPerSecond * (1 - CLOSE)) within *= 2
  return within
}

/** Frames a second as a number, for sums that need not be exact. */
export const perSecond = ({ num, den }: Rational): number => num / den

const closest = (standards: readonly Rational[], rate: number): Rational | undefined =>
  standards.filter((standard) => isClose(standard, rate)).toSorted((a, b) => distance(a, rate) - distance(b, rate))[0]

const isClose = (standard: Rational, rate: number): boolean => distance(standard, rate) <= CLOSE

const distance = (standard: Rational, rate: number): number => Math.abs(perSecond(standard) / rate - 1)

const wholeRate = (rate: number): Rational => {
  const rounded = Math.round(rate)
  return { num: Math.max(1, Math.abs(rounded / rate - 1) <= CLOSE ? rounded : Math.ceil(rate)), den: 1 }
}
