/** What EBU R128 finds of a sound: null when nothing of it is loud or long enough (0.4 s) to be measured. */
type Found = { integratedLufs: number | null; truePeakDb: number | null }

// ITU-R BS.1770-4: blocks of 0.4 s, one every 0.1 s; what is quieter than this is silence, and what is more than 10 LU quieter than
// the mean of the rest is a pause.
const SILENCE_LUFS = -70
const PAUSE_LU = 10

/**
 * Measures a sound by what the filter ebur128 says of each block of it. Its own sum ends where the format of a sound changes in its
 * middle, for ffmpeg then makes the filter anew; this one goes on. A block is said to a tenth, and there are so few different
 * tenths that it needs no more memory for a long sound. `takeLine` tells whether a line of ffmpeg's messages was of a block.
 */
export const createLoudnessMeter = (): { takeLine: (line: string) => boolean; loudness: () => Found } => {
  const blocks = new Map<number, number>()
  let truePeakDb = Number.NEGATIVE_INFINITY
  return {
    takeLine: (line) => {
      // Peaks of the last tenth of a second are in the summary alone, of which there is one for each filter.
      const peak = /^ +Peak: +(-?[\d.]+) dBFS/.exec(line)?.[1]
      if (peak !== undefined) truePeakDb = Math.max(truePeakDb, Number(peak))
      const block = /\bM: *(-?[\d.]+) +S:/.exec(line)?.[1]
      if (block === undefined) return false
      const lufs = Number(block)
      // Before a filter has heard 0.4 s it says silence.
      if (lufs > SILENCE_LUFS) blocks.set(lufs, (blocks.get(lufs) ?? 0) + 1)
      return true
    },
    loudness: () => ({
      integratedLufs: integrate([...blocks]),
      truePeakDb: Number.isFinite(truePeakDb) ? truePeakDb : null,
    }),
  }
}

type Blocks = readonly (readonly [lufs: number, count: number])[]

const integrate = (heard: Blocks): number | null => {
  const mean = meanLufs(heard)
  return mean === null ? null : meanLufs(heard.filter(([lufs]) => lufs > mean - PAUSE_LU))
}

/** Of their energies. */
const meanLufs = (blocks: Blocks): number | null => {
  const count = blocks.reduce((sum, [, times]) => sum + times, 0)
  if (count === 0) return null
  const energy = blocks.reduce((sum, [lufs, times]) => sum + times * 10 ** (lufs / 10), 0)
  return 10 * Math.log10(energy / count)
}
