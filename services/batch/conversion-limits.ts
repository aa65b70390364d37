/** How long the steps of one delivery may take, in seconds, so that all of it fits into the ack deadline. */
export type ConversionLimits = {
  /** What one part may be expected to take. */
  partBudgetSeconds: number
  /** What a conversion that cannot be cut may be expected to take. */
  wholeBudgetSeconds: number
  /** What a conversion to sound alone may be expected to take. */
  soundBudgetSeconds: number
  /** Counted from the claim: what is encoded by then is kept, and the rest left to others. */
  handOverAfterSeconds: number
  wallClockLimitSeconds: number
  /** What a poster and a storyboard may take, once the result is there. */
  previewBudgetSeconds: number
  stallLimitSeconds: number
}

/**
 * A part is planned for a third of the ack deadline, so that an estimate may be wrong by a factor of two before it has to hand
 * over at three quarters: the rest is for storing what it has. What cannot be cut may count on half of the deadline,
 * sound alone, whose cost depends little on what it holds, on seven tenths, and ffmpeg
 * is stopped at nine tenths of it, so that there is time to record why. It counts as stalled after a minute without a frame or
 * a byte: longer than our source retries a read (source.ts), so that a slow storage is not taken for a stalled encoder. Posters and
 * storyboards take seconds (run: 0.7 s of processor time for 20 s of 720 lines, and 0.05 s more for each key frame of 1080 lines, of
 * which there are a hundred at most); a fifth is for a busy machine.
 */
export const conversionLimits = (ackDeadlineSeconds: number): ConversionLimits => ({
  partBudgetSeconds: Math.floor(ackDeadlineSeconds / 3),
  wholeBudgetSeconds: Math.floor(ackDeadlineSeconds / 2),
  soundBudgetSeconds: Math.floor(ackDeadlineSeconds * 0.7),
  handOverAfterSeconds: Math.floor(ackDeadlineSeconds * 0.75),
  wallClockLimitSeconds: Math.floor(ackDeadlineSeconds * 0.9),
  previewBudgetSeconds: ackDeadlineSeconds * 0.2,
  stallLimitSeconds: Math.min(60, Math.floor(ackDeadlineSeconds / 2)),
})
