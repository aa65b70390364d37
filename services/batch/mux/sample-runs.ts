import { malformedPart } from './malformed-part.ts'
import type { Track } from './read-track.ts'

/** Where samples lie in their object: pairs of a first byte and a length, in the order of the samples, which is that of the file. */
export type SampleRuns = Float64Array

/**
 * Where samples [from, to) of a track lie. One run when they lie side by side, as in an object of one track; in an object of
 * two, one for each chunk, 16 bytes each. Throws result_rejected when they lie in another order than they are decoded.
 */
export const sampleRuns = ({ chunks, sizes }: Track, from: number, to: number): SampleRuns => {
  const runs: number[] = []
  let end = -1
  let sample = 0
  for (let chunk = 0; chunk < chunks.offsets.length && sample < to; chunk += 1) {
    let at = chunks.offsets[chunk] ?? 0
    const next = sample + (chunks.samples[chunk] ?? 0)
    for (; sample < Math.min(next, to); sample += 1) {
      const bytes = sizes[sample] ?? 0
      if (sample >= from && bytes > 0) {
        if (at < end) throw malformedPart('the samples of a part are out of order')
        if (at === end) runs[runs.length - 1] = (runs.at(-1) ?? 0) + bytes
        else runs.push(at, bytes)
        end = at + bytes
      }
      at += bytes
    }
  }
  return Float64Array.from(runs)
}
