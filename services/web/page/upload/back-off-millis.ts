const FIRST_MILLIS = 1_000
const MOST_MILLIS = 64_000

/**
 * How many milliseconds to wait after a failure, when there were `failures` before it in a row: between nothing and a bound that doubles from
 * 1 s to 64 s, by `random` from 0 to 1 ("full jitter": clients that were cut off together do not come back together;
 * https://cloud.google.com/storage/docs/retry-strategy).
 */
export const backOffMillis = (failures: number, random: number): number =>
  Math.round(random * Math.min(MOST_MILLIS, FIRST_MILLIS * 2 ** failures))
