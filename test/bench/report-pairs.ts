import { reportRatio } from './report.ts'
import type { Timing } from './timed-ffmpeg.ts'

const TARGET = 1.1

/** Prints the ratios of time, processor time and peak memory of our runs of ffmpeg to those of one by hand. */
export const reportPairs = (title: string, pairs: readonly { ours: Timing; peer: Timing }[]): void => {
  const by = (figure: keyof Timing) => pairs.map(({ ours, peer }) => ({ ours: ours[figure], peer: peer[figure] }))
  reportRatio(`${title}: time / by hand`, by('wallSeconds'), 's', TARGET)
  reportRatio(`${title}: processor time / by hand`, by('cpuSeconds'), 's', TARGET)
  reportRatio(`${title}: peak memory / by hand`, by('peakMegabytes'), 'MB', TARGET)
}
