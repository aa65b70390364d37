/** Numbers that look random and are the same for the same seed, on every machine. */
export type SeededRandom = {
  /** a whole number from `least` to `most`, both possible */
  between(least: number, most: number): number
  /** true so many times out of 100 */
  percent(times: number): boolean
  /** one of a list; throws when it is empty */
  pick<Item>(items: readonly Item[]): Item
  /** one of the keys, each as often as its number says */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key
}

/** The generator mulberry32 of Tommy Ettinger (public domain), which needs no more than 32 bits of state. */
export const seededRandom = (seed: number): SeededRandom => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    between,
    percent: (times) => next() * 100 < times,
    pick: (items) => {
      const item = items[between(0, items.length - 1)]
      if (item === undefined) throw new Error('there is nothing to pick from')
      return item
    },
    weighted: <Key extends string>(weights: Readonly<Record<Key, number>>): Key => {
      const entries = Object.entries<number>(weights)
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [key, weight] of entries) {
        left -= weight
        if (left < 0 && isKey(weights, key)) return key
      }
      throw new Error('no weight is larger than nothing')
    },
  }
}

const isKey = <Key extends string>(weights: Readonly<Record<Key, number>>, key: string): key is Key => key in weights
