import type { Mutation } from './mutation.ts'
import type { Random } from './seeded-random.ts'

// Of every container here the header, or most of it, lies in so many bytes at one end.
const HEADER_BYTES = 1_024

/** Flips some bits among the first bytes, or, where the index comes last, among the last ones. */
export const flipHeader: Mutation = (whole, random) => {
  const bytes = Buffer.from(whole)
  const start = random.pick([0, Math.max(0, bytes.length - HEADER_BYTES)])
  const end = Math.min(bytes.length, start + HEADER_BYTES) - 1
  flipBits(bytes, random, { start, end, bits: random.pick([1, 3, 10, 40]) })
  return bytes
}

/** Flips bits all over the file: from a single one to one of a hundred bytes. */
export const flipBody: Mutation = (whole, random) => {
  const bytes = Buffer.from(whole)
  const bits = random.pick([1, 8, Math.ceil(bytes.length / 2_000), Math.ceil(bytes.length / 100)])
  flipBits(bytes, random, { start: 0, end: bytes.length - 1, bits })
  return bytes
}

/** Keeps only what comes before some byte; sometimes hardly anything. */
export const truncate: Mutation = (whole, random) =>
  whole.subarray(0, random.pick([random.between(1, 64), random.between(1, whole.length - 1), whole.length - 1]))

/** Takes a stretch out of the middle, so that everything behind it moves. */
export const cutOut: Mutation = (whole, random) => {
  const { start, end } = stretch(whole, random)
  return Buffer.concat([whole.subarray(0, start), whole.subarray(end)])
}

/** Puts a stretch in twice, up to a hundred times. */
export const repeatStretch: Mutation = (whole, random) => {
  const { start, end } = stretch(whole, random)
  const times = random.pick([2, 5, 100])
  const repeated = Array.from({ length: times }, () => whole.subarray(start, end))
  return Buffer.concat([whole.subarray(0, start), ...repeated, whole.subarray(end)])
}

/** Overwrites a stretch by zeros, by ones, or by noise. */
export const overwrite: Mutation = (whole, random) => {
  const bytes = Buffer.from(whole)
  const { start, end } = stretch(whole, random)
  const fill = random.pick([Buffer.from([0]), Buffer.from([0xff]), random.bytes(251)])
  bytes.fill(fill, start, end)
  return bytes
}

/** Puts one file behind the other, or the first half of one before the second half of the other. */
export const mixFiles: Mutation = (whole, random, otherSeed) =>
  random.pick([
    Buffer.concat([whole, otherSeed]),
    Buffer.concat([otherSeed.subarray(0, 2_000), whole]),
    Buffer.concat([whole.subarray(0, whole.length / 2), otherSeed.subarray(otherSeed.length / 2)]),
  ])

const flipBits = (
  bytes: Buffer,
  random: Random,
  { start, end, bits }: { start: number; end: number; bits: number },
) => {
  for (let flipped = 0; flipped < bits; flipped += 1) {
    const at = random.between(start, end)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.between(0, 7))
  }
}

/** Some bytes of the file: from a few to a third of it. */
const stretch = ({ length }: Buffer, random: Random): { start: number; end: number } => {
  const start = random.between(0, length - 1)
  const bytes = random.pick([1, 7, random.between(1, 500), random.between(1, Math.ceil(length / 3))])
  return { start, end: Math.min(length, start + bytes) }
}
