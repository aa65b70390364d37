/** How long the steps of one conversion may take, in seconds, so that all of it fits into one delivery. */
export type ConversionLimits = {
  encodeBudgetSeconds: number
  wallClockLimitSeconds: number
  stallLimitSeconds: number
}

/**
 * The plan may count on half of the ack deadline: its estimate may be wrong by that much on a busy machine. ffmpeg is stopped
 * at nine tenths of it, so that there is time to record why. It counts as stalled after a minute without a frame or a byte:
 * longer than our source retries a read (source.ts), so that a slow storage is not taken for a stalled encoder.
 */
export const conversionLimits = (ackDeadlineSeconds: number): ConversionLimits => ({
  encodeBudgetSeconds: Math.floor(ackDeadlineSeconds / 2),
  wallClockLimitSeconds: Math.floor(ackDeadlineSeconds * 0.9),
  stallLimitSeconds: Math.min(60, Math.floor(ackDeadlineSeconds / 2)),
})
