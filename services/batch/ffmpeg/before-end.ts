// More than containers round, and than a last frame is shown.
const BEYOND_END_SECONDS = 1

/**
 * The condition of select and aselect that leaves out what comes long after the planned end, as one damaged time among good
 * ones does. Up to there fps would repeat the frame before, whole days of it, and aresample hold silence in memory: 3.3 GB for
 * 4.6 hours (run). What has no time at all stays.
 */
export const beforeEnd = ({ source }: { source: { endSeconds: number } }): string =>
  `not(gt(t\\,${source.endSeconds + BEYOND_END_SECONDS}))`
