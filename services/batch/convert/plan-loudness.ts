import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import { conversionLimits } from '../conversion-limits.ts'
import type { Dependencies } from '../dependencies.ts'
import type { HeldLease } from '../lease.ts'
import { planGain } from '../plan/plan-gain.ts'
import type { Failed, Refused } from '../refusal.ts'
import { type MeasureRequest, measureLoudness } from '../transcode/measure-loudness.ts'

type Request = {
  asked: NonNullable<TaskOptions['loudness']>
  /** Of the measuring run (measure-loudness.ts). */
  run: Pick<MeasureRequest, 'argvAt' | 'entryPoints'>
  /** From where the source is entered to the end of what is used of it: so much is decoded. */
  decodedSeconds: number
  /** What it takes to read the source so far (estimate-reading.ts). */
  readingSeconds: number
  /** Whether this delivery encodes, too. */
  isEncodedHere: boolean
}

// CPU seconds of one core for a second of stereo, with the true peak, ffmpeg 5.1, November 2026: 0.92 s for two minutes from an mp3,
// and half as much again for sources that take longer to decode.
const SECONDS_PER_SECOND = 0.012

/**
 * The gain that gives the loudness that a task asks for. Measuring is done once, by the delivery that plans, before parts are
 * handed out: its result is in the plan of all of them. It is refused when all of that would not fit: into a third of the ack
 * deadline where the encode follows, as any part (conversion-limits.ts), else into seven tenths.
 */
export const planLoudness = async (
  { binaries, config }: Dependencies,
  held: HeldLease,
  { asked, run, decodedSeconds, readingSeconds, isEncodedHere }: Request,
): Promise<{ kind: 'gain'; gainDb: number } | Refused | Failed> => {
  const limits = conversionLimits(config.ACK_DEADLINE_SECONDS)
  const limitSeconds = isEncodedHere ? limits.partBudgetSeconds : limits.soundBudgetSeconds
  const estimateSeconds = Math.max(decodedSeconds * SECONDS_PER_SECOND, readingSeconds)
  if (estimateSeconds > limitSeconds) {
    const parameters = { estimateSeconds: Math.ceil(estimateSeconds), limitSeconds }
    return { kind: 'refused', code: 'loudness_too_long', parameters }
  }
  const measured = await measureLoudness({
    binaries,
    ...run,
    wallClockLimitSeconds: Math.max(1, limits.handOverAfterSeconds - held.ageSeconds()),
    stallLimitSeconds: limits.stallLimitSeconds,
    signal: held.signal,
  })
  return measured.kind === 'measured' ? { kind: 'gain', gainDb: planGain(measured.loudness, asked) } : measured
}
