/** The middle of some numbers. */
export const median = (numbers: number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
  return (lower + upper) / 2
}

/**
 * Prints the ratio of pairs that were measured in turns: ours divided by the peer's, pair by pair, as median (least to most),
 * and whether the median meets the target.
 */
export const reportRatio = (
  name: string,
  pairs: { ours: number; peer: number }[],
  unit: string,
  target?: number,
): void => {
  const ratios = pairs.map(({ ours, peer }) => ours / peer)
  const verdict =
    target === undefined ? '' : median(ratios) <= target ? `  meets <= ${target}` : `  MISSES <= ${target}`
  console.log(
    `${name.padEnd(46)} ratio ${median(ratios).toFixed(3)} (${Math.min(...ratios).toFixed(3)} to ${Math.max(...ratios).toFixed(3)})` +
      `  ours ${median(pairs.map(({ ours }) => ours)).toFixed(2)} ${unit}, peer ${median(pairs.map(({ peer }) => peer)).toFixed(2)} ${unit}${verdict}`,
  )
}
