/** A moment of a result, in seconds, and its picture made small: `pixels` are its luma row by row, 16 is black and 235 white. */
export type Candidate = { seconds: number; pixels: Uint8Array }

/** From, up to, without: what a poster may be taken from, in seconds. */
export type Stretch = { fromSeconds: number; toSeconds: number }

/**
 * Which moment stands for the whole: of those within the stretch whose picture shows something, the one that is most like all of them
 * are on average. Undefined: none shows anything.
 */
export const choosePoster = (
  candidates: readonly Candidate[],
  { fromSeconds, toSeconds }: Stretch,
): Candidate | undefined => {
  const within = candidates.filter(({ seconds }) => seconds >= fromSeconds && seconds < toSeconds)
  const seen = within
    .map((candidate) => ({ candidate, histogram: histogramOf(candidate.pixels) }))
    .filter(({ histogram }) => showsSomething(histogram))
  const average = averageOf(seen.map(({ histogram }) => histogram))
  const [nearest] = seen
    .map(({ candidate, histogram }) => ({ candidate, distance: distanceOf(histogram, average) }))
    .sort((a, b) => a.distance - b.distance)
  return nearest?.candidate
}

const LEVELS = 256

/** Shares of the pixels by their luma. */
const histogramOf = (pixels: Uint8Array): Float64Array => {
  const histogram = new Float64Array(LEVELS)
  for (const luma of pixels) histogram[luma] = (histogram[luma] ?? 0) + 1 / pixels.length
  return histogram
}

// As in ffmpeg/image-tail.ts: nine tenths of a black picture are below the first, nine tenths of a white page above the second.
const DARKER_THAN = 40
const BRIGHTER_THAN = 220
/** All but a hundredth at either end of a surface of one colour lie so close together, with the noise of a camera. */
const FLATTER_THAN = 16

const showsSomething = (histogram: Float64Array): boolean =>
  levelAt(histogram, 0.9) > DARKER_THAN &&
  levelAt(histogram, 0.1) < BRIGHTER_THAN &&
  levelAt(histogram, 0.99) - levelAt(histogram, 0.01) >= FLATTER_THAN

/** The luma that a share of the pixels is not above. */
const levelAt = (histogram: Float64Array, share: number): number => {
  let counted = 0
  const level = histogram.findIndex((part) => {
    counted += part
    return counted >= share
  })
  return level === -1 ? LEVELS - 1 : level
}

const averageOf = (histograms: readonly Float64Array[]): Float64Array =>
  Float64Array.from({ length: LEVELS }, (_, level) =>
    histograms.reduce((sum, histogram) => sum + (histogram[level] ?? 0) / histograms.length, 0),
  )

const distanceOf = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, share, level) => sum + (share - (b[level] ?? 0)) ** 2, 0)
