/** What one hostile file may cost. */
export const LIMITS = {
  /** Those of an ack deadline of 60 s (conversion-limits.ts), so that a file that runs into them takes no nine minutes. */
  conversion: { encodeBudgetSeconds: 30, wallClockLimitSeconds: 54, stallLimitSeconds: 30 },
  /** ffprobe's own limit, the scan of a file without a length, then the conversion's; machines that test are busy. */
  seconds: 120,
  /** An instance has 8 GiB, of which 2 GB are the result's. */
  peakBytes: 1_500_000_000,
  /** The most that a result may take, and some for its last packets. */
  diskBytes: 2_100_000_000,
} as const
