import type { Range } from './part.ts'

/** True when ranges cover exactly the frames or packets from `start` up to, without, `end`, each once. In any order. */
export const isPartition = (ranges: readonly Range[], { start, end }: Range): boolean => {
  let reached = start
  for (const range of ranges.toSorted((one, other) => one.start - other.start)) {
    if (range.start !== reached || range.end <= range.start) return false
    reached = range.end
  }
  return reached === end
}
