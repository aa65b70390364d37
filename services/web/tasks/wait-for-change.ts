import { setTimeout as sleep } from 'node:timers/promises'
import { findTaskVersion } from '@reelway/shared/db/tasks/find.ts'
import type { Dependencies } from '../dependencies.ts'

/** Often enough that a finished task is not felt to wait; one look is one row by its key. */
const POLL_MILLIS = 250

/**
 * Resolves when the task's row has another version than `version` (or is gone), when the time is over, when the client is gone,
 * or when the service stops: in each case there is something to answer, or nobody to answer.
 */
export const waitForChange = async (
  { db, stopping }: Pick<Dependencies, 'db' | 'stopping'>,
  task: { userId: string; taskId: string; version: number; waitSeconds: number; gone: AbortSignal },
): Promise<void> => {
  const over = AbortSignal.any([task.gone, stopping, AbortSignal.timeout(task.waitSeconds * 1000)])
  while (!over.aborted) {
    await sleep(POLL_MILLIS, undefined, { signal: over }).catch((error: unknown) => {
      if (!over.aborted) throw error
    })
    if (over.aborted) return
    if ((await findTaskVersion(db, task.userId, task.taskId)) !== task.version) return
  }
}
