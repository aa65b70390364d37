import { createHash } from 'node:crypto'

/** Numbers that look random and are the same for the same seed, on every machine. */
export type Random = {
  /** A whole number from `from` to `to`, both included. */
  between: (from: number, to: number) => number
  pick: <Value>(values: readonly Value[]) => Value
  bytes: (count: number) => Buffer
}

/** A stream of numbers for a seed: a chain of SHA-256, of which each hash gives eight numbers of 32 bits. */
export const seededRandom = (seed: string): Random => {
  let block = createHash('sha256').update(seed).digest()
  let used = 0
  const next = (): number => {
    if (used === block.length) {
      block = createHash('sha256').update(block).digest()
      used = 0
    }
    used += 4
    return block.readUInt32BE(used - 4)
  }
  const between = (from: number, to: number) => from + Math.floor((next() / 2 ** 32) * (to - from + 1))
  return {
    between,
    pick: (values) => {
      const value = values[between(0, values.length - 1)]
      if (value === undefined) throw new Error('there is nothing to pick from')
      return value
    },
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => between(0, 255))),
  }
}
