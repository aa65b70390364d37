import { errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import type { Ending } from './convert-hostile.ts'
import { LIMITS } from './limits.ts'

/** How a file ended, in a word: `completed`, the code of its refusal, or what must not come of a file. */
export const nameEnding = ({ result }: Pick<Ending, 'result'>): string => {
  switch (result.kind) {
    case 'encoded':
      return 'completed'
    case 'encoded-in-parts':
      return 'completed in parts'
    case 'refused':
    case 'failed':
      return result.code
    case 'threw':
      return 'exception'
    default:
      return result satisfies never
  }
}

/**
 * What is wrong with how a file ended; nothing when all is well. A file is converted, or refused with a permanent code: one
 * that is given back for another attempt would fail the same way five times, and its owner would be told to try again.
 */
export const judgeEnding = (ending: Ending): string[] => {
  const { result, seconds, peakBytes, diskBytes, otherPaths, leftRunning } = ending
  const wrong: (string | undefined)[] = [
    result.kind === 'threw' ? `it threw ${String(result.error)}` : undefined,
    result.kind === 'failed' ? `${result.code} is tried again: ${result.detail}` : undefined,
    result.kind === 'refused' && errorCatalogue[result.code].kind !== 'permanent'
      ? `refused with the transient ${result.code}`
      : undefined,
    seconds > LIMITS.seconds ? `it took ${Math.round(seconds)} s` : undefined,
    peakBytes > LIMITS.peakBytes ? `it took ${Math.round(peakBytes / 1e6)} MB of memory` : undefined,
    diskBytes > LIMITS.diskBytes ? `it took ${Math.round(diskBytes / 1e6)} MB of disk` : undefined,
    otherPaths.length > 0 ? `it asked for ${otherPaths.join(', ')}` : undefined,
    leftRunning.length > 0 ? `it left ${leftRunning.length} processes` : undefined,
  ]
  return wrong.filter((finding) => finding !== undefined)
}
