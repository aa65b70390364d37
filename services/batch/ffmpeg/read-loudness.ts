/** Silence to ebur128, and whatever is shorter than the 0.4 s that it listens to at a time. */
const NOTHING_LUFS = -70

/** The last summary that the filter ebur128 wrote: integrated loudness and the highest true peak, null where it heard nothing. */
export const readLoudness = (stderrText: string): { integratedLufs: number | null; truePeakDb: number | null } => {
  const summary = stderrText.slice(stderrText.lastIndexOf('Integrated loudness:'))
  const integrated = Number(/\bI:\s+(-?[\d.]+) LUFS/.exec(summary)?.[1] ?? Number.NaN)
  const peak = Number(/\bPeak:\s+(-?[\d.]+) dBFS/.exec(summary)?.[1] ?? Number.NaN)
  return {
    integratedLufs: integrated > NOTHING_LUFS ? integrated : null,
    truePeakDb: Number.isFinite(peak) ? peak : null,
  }
}
