import { forgetIdempotencyKeys } from '@reelway/shared/db/idempotency-keys/forget.ts'
import { requeueStaleJobs } from '@reelway/shared/db/jobs/requeue-stale.ts'
import { forgetUnusedRateLimits } from '@reelway/shared/db/rate-limits/reset.ts'
import { forgetEndedSessions } from '@reelway/shared/db/sessions/forget-ended.ts'
import { expireAbandonedUploads } from '@reelway/shared/db/tasks/expire.ts'
import { listPurgeableTasks, purgeTask } from '@reelway/shared/db/tasks/purge.ts'
import { publishJob } from '@reelway/shared/message/publish.ts'
import { deleteObjectsOfTask } from '@reelway/shared/storage/delete-objects.ts'
import type { RequestHandler } from 'express'
import type { Dependencies } from '../dependencies.ts'

/** One look handles so many of each kind; the next look, a minute later, goes on. */
const BATCH_SIZE = 200

/**
 * POST /jobs/reap, called by the scheduler every minute: publishes jobs that no message will bring back, expires abandoned
 * uploads, removes what is left of deleted tasks, and forgets what is out of date. Each step is tried; 503 if one failed.
 */
export const reap =
  (deps: Dependencies): RequestHandler =>
  async (_request, response) => {
    const steps = { requeued: requeue, expired: expire, purged: purge, forgotten: forget }
    const counts: Record<string, number> = {}
    let failed = false
    for (const [name, step] of Object.entries(steps)) {
      try {
        counts[name] = await step(deps)
      } catch (err) {
        failed = true
        deps.logger.error('a step of the reaper failed', { step: name, err })
      }
    }
    deps.logger.info('reaped', counts)
    response.status(failed ? 503 : 200).json(counts)
  }

const requeue = async (deps: Dependencies): Promise<number> => {
  const jobs = await requeueStaleJobs(deps.db, BATCH_SIZE)
  await Promise.all(jobs.map((job) => publishJob(deps, job)))
  return jobs.length
}

const expire = async ({ db, uploads, outputs }: Dependencies): Promise<number> => {
  const taskIds = await expireAbandonedUploads(db, BATCH_SIZE)
  for (const taskId of taskIds) await deleteObjectsOfTask(uploads, outputs, taskId)
  return taskIds.length
}

const purge = async ({ db, uploads, outputs }: Dependencies): Promise<number> => {
  const taskIds = await listPurgeableTasks(db, BATCH_SIZE)
  for (const taskId of taskIds) {
    await deleteObjectsOfTask(uploads, outputs, taskId)
    await purgeTask(db, taskId)
  }
  return taskIds.length
}

const forget = async ({ db }: Dependencies): Promise<number> => {
  await forgetIdempotencyKeys(db)
  await forgetUnusedRateLimits(db)
  await forgetEndedSessions(db)
  return 0
}
