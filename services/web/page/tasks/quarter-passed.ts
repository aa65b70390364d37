/** The last quarter (0.25, 0.5 or 0.75) that something has passed on its way from one share to another; undefined when it has passed none. */
export const quarterPassed = (before: number, now: number): number | undefined =>
  [0.75, 0.5, 0.25].find((quarter) => before < quarter && now >= quarter)
