import type { Previews } from '@reelway/shared/previews.ts'
import { conversionLimits } from '../conversion-limits.ts'
import type { Dependencies } from '../dependencies.ts'
import { type HeldLease, LeaseLost } from '../lease.ts'
import { makeWorkFolder } from '../work-folder.ts'
import type { PreviewPlace } from './run-preview.ts'
import { type MadePreviews, storePreviews } from './store-previews.ts'

const LEAST_SECONDS = 1

type Needed = Pick<Dependencies, 'binaries' | 'outputs' | 'workDirectory' | 'logger'> & {
  config: Pick<Dependencies['config'], 'ACK_DEADLINE_SECONDS'>
}

/**
 * Makes previews of a result and stores them, within a time of its own. Null when that comes to nothing, whatever the reason, which is
 * logged: a conversion never fails for them, and what is finished is not given up because its instance stops. Throws only LeaseLost.
 */
export const attemptPreviews = async (
  deps: Needed,
  held: HeldLease,
  make: (place: PreviewPlace) => Promise<MadePreviews>,
): Promise<Previews | null> => {
  const { previewBudgetSeconds, wallClockLimitSeconds } = conversionLimits(deps.config.ACK_DEADLINE_SECONDS)
  const limitSeconds = Math.min(previewBudgetSeconds, wallClockLimitSeconds - held.ageSeconds())
  const about = { jobId: held.lease.jobId, taskId: held.lease.taskId, limitSeconds }
  if (limitSeconds < LEAST_SECONDS) {
    deps.logger.warn('no previews made', { ...about, reason: 'no time is left' })
    return null
  }
  const startedAt = performance.now()
  const signal = AbortSignal.any([held.signal, AbortSignal.timeout(Math.round(limitSeconds * 1000))])
  try {
    await using folder = await makeWorkFolder(deps.workDirectory)
    const made = await make({ binaries: deps.binaries, folder: folder.path, signal })
    const previews = await storePreviews({ outputs: deps.outputs, lease: held.lease, signal }, made)
    const tiles = previews.storyboard?.startsMillis.length ?? 0
    deps.logger.info('previews made', { ...about, tiles, seconds: (performance.now() - startedAt) / 1000 })
    return previews
  } catch (err) {
    if (held.signal.reason instanceof LeaseLost) throw held.signal.reason
    deps.logger.warn('no previews made', { ...about, err })
    return null
  }
}
