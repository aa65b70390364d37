import { once } from 'node:events'
import { findTaskVersion } from '@reelway/shared/db/tasks/find.ts'
import type { Dependencies } from '../dependencies.ts'

/**
 * Resolves when the task's row has another version than `version` (or is gone), when the time is over, when the client is gone,
 * or when the service stops: in each case there is something to answer, or nobody to answer.
 */
export const waitForChange = async (
  { db, changes, stopping }: Pick<Dependencies, 'db' | 'changes' | 'stopping'>,
  task: { userId: string; taskId: string; version: number; waitSeconds: number; gone: AbortSignal },
): Promise<void> => {
  const over = AbortSignal.any([task.gone, stopping, AbortSignal.timeout(task.waitSeconds * 1000)])
  if (over.aborted) return
  const isOver = once(over, 'abort')
  let woken = Promise.withResolvers<void>()
  const unwatch = changes.watchTasks(task.userId, () => woken.resolve())
  try {
    while (!over.aborted) {
      woken = Promise.withResolvers<void>()
      if ((await findTaskVersion(db, task.userId, task.taskId)) !== task.version) return
      await Promise.race([woken.promise, isOver])
    }
  } finally {
    unwatch()
  }
}
