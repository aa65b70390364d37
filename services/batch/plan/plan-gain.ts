import type { TaskOptions } from '@reelway/shared/options/task-options.ts'

/** What EBU R128 finds of a sound: null when nothing of it is loud or long enough (0.4 s) to be measured. */
export type Loudness = { integratedLufs: number | null; truePeakDb: number | null }

/**
 * What a sound is made louder by, in decibels, for the loudness that is asked for: one gain for all of it, so that it stays as
 * lively as it was, parts of it join as if nothing had been done, and nothing moves. It is limited by the highest true peak: a
 * sound with peaks far above its loudness stays quieter than was asked, for a limiter would change how it sounds. What cannot
 * be measured is only made quieter, if its peaks ask for that. The encoder comes after that: on noise and clicks its peaks were up to 0.4 dB
 * higher, and its loudness within 0.1 LU of what was asked, but for Opus at its smallest, which was 1.6 LU quieter (run).
 */
export const planGain = (
  { integratedLufs, truePeakDb }: Loudness,
  asked: NonNullable<TaskOptions['loudness']>,
): number => {
  const wanted = integratedLufs === null ? 0 : asked.integratedLufs - integratedLufs
  const most = truePeakDb === null ? wanted : asked.truePeakDb - truePeakDb
  return Math.round(Math.min(wanted, most) * 100) / 100
}
