import { malformedPart } from './malformed-part.ts'
import type { Track } from './read-track.ts'

/**
 * Makes sure that every sample of a track lasts `step` ticks. The last one may differ: how long it lasts in the whole is for
 * the whole to say. Throws result_rejected otherwise.
 */
export const requireStep = ({ durations }: Track, step: number): void => {
  for (let run = 0; run < durations.length; run += 2) {
    const isLastSample = run === durations.length - 2 && durations[run] === 1
    if (durations[run + 1] !== step && !isLastSample)
      throw malformedPart('the samples of a part do not last equally long')
  }
}
