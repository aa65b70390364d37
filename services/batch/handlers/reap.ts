import { expireAsset, listAbandonedAssets } from '@reelway/shared/db/assets/expire.ts'
import { listPurgeableAssets, purgeAsset } from '@reelway/shared/db/assets/purge.ts'
import { forgetEncodeCosts } from '@reelway/shared/db/encode-costs/forget.ts'
import { forgetIdempotencyKeys } from '@reelway/shared/db/idempotency-keys/forget.ts'
import { type DispatchedJob, dispatchJobs } from '@reelway/shared/db/jobs/dispatch.ts'
import { requeueStaleJobs } from '@reelway/shared/db/jobs/requeue-stale.ts'
import { forgetUnusedRateLimits } from '@reelway/shared/db/rate-limits/reset.ts'
import { forgetEndedSessions } from '@reelway/shared/db/sessions/forget-ended.ts'
import { expireTask, listAbandonedUploads } from '@reelway/shared/db/tasks/expire.ts'
import { listLeftovers } from '@reelway/shared/db/tasks/leftover.ts'
import { listPurgeableTasks, purgeTask } from '@reelway/shared/db/tasks/purge.ts'
import { publishJob } from '@reelway/shared/message/publish.ts'
import { deleteObjectOfAsset } from '@reelway/shared/storage/delete-objects.ts'
import { isStorageUnavailable } from '@reelway/shared/storage/storage-errors.ts'
import { deleteObjectsOfTask } from '@reelway/shared/uploads/delete-objects-of-task.ts'
import type { RequestHandler } from 'express'
import type { Dependencies } from '../dependencies.ts'
import { sweepTask } from '../sweep-task.ts'

/** One look handles so many of each kind; the next look, a minute later, goes on. */
const BATCH_SIZE = 200

/**
 * POST /jobs/reap, called by the scheduler every minute: publishes jobs that no message will bring back, and those whose turn it
 * is, expires abandoned uploads, removes what is left of deleted tasks and assets and of work that came to nothing, and forgets what is out of date. Each step is
 * tried; 503 if one failed.
 */
export const reap =
  (deps: Dependencies): RequestHandler =>
  async (_request, response) => {
    const steps = {
      requeued: requeue,
      dispatched: dispatchDue,
      expired: expire,
      purged: purge,
      assetsExpired: expireAssets,
      assetsPurged: purgeAssets,
      swept: sweep,
      forgotten: forget,
    }
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

const requeue = async (deps: Dependencies): Promise<number> =>
  publishAll(deps, await requeueStaleJobs(deps.db, BATCH_SIZE))

const dispatchDue = async (deps: Dependencies): Promise<number> =>
  publishAll(deps, await dispatchJobs(deps.db, deps.config.DISPATCH_WINDOW))

const publishAll = async (deps: Dependencies, jobs: DispatchedJob[]): Promise<number> => {
  await Promise.all(jobs.map((job) => publishJob(deps, job)))
  return jobs.length
}

// Their objects are left to sweep: one that has been queued since it was listed keeps its upload.
const expire = async ({ db }: Dependencies): Promise<number> =>
  each(await listAbandonedUploads(db, BATCH_SIZE), (taskId) => expireTask(db, taskId))

const purge = async ({ db, uploads, outputs }: Dependencies): Promise<number> =>
  each(await listPurgeableTasks(db, BATCH_SIZE), async (taskId) => {
    await deleteObjectsOfTask({ db, uploads, outputs }, taskId)
    await purgeTask(db, taskId)
  })

// Their objects are left to purgeAssets: one that has become ready since it was listed keeps its own.
const expireAssets = async ({ db }: Dependencies): Promise<number> =>
  each(await listAbandonedAssets(db, BATCH_SIZE), (assetId) => expireAsset(db, assetId))

const purgeAssets = async ({ db, uploads }: Dependencies): Promise<number> =>
  each(await listPurgeableAssets(db, BATCH_SIZE), async (assetId) => {
    await deleteObjectOfAsset(uploads, assetId)
    await purgeAsset(db, assetId)
  })

const sweep = async (deps: Dependencies): Promise<number> =>
  each(await listLeftovers(deps.db, BATCH_SIZE), (taskId) => sweepTask(deps, taskId))

/**
 * Does something to each task or asset, whatever becomes of the others. Throws all failures together at the end, which comes early when the
 * storage is away: the next look would find it so, too.
 */
const each = async (ids: string[], work: (id: string) => Promise<void>): Promise<number> => {
  const failures: unknown[] = []
  for (const id of ids) {
    await work(id).catch((error: unknown) => failures.push(error))
    if (isStorageUnavailable(failures.at(-1))) break
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${ids.length} failed`)
  return ids.length
}

const forget = async ({ db }: Dependencies): Promise<number> => {
  await forgetIdempotencyKeys(db)
  await forgetUnusedRateLimits(db)
  await forgetEndedSessions(db)
  await forgetEncodeCosts(db)
  return 0
}
