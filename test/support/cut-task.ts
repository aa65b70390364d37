import { randomUUID } from 'node:crypto'
import type { Lease } from '@reelway/shared/db/jobs/lease.ts'
import type { NewPart, StoredPart } from '@reelway/shared/db/parts/part.ts'
import type { Database } from '@reelway/shared/db/schema.ts'
import { splitTask } from '@reelway/shared/db/tasks/split.ts'
import { startTask } from '@reelway/shared/db/tasks/start.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import type { Kysely } from 'kysely'
import { claimed, jobsOf, processingTask } from './rows.ts'

/** What the tests' plans are called. */
export const PLAN_KEY = 'plan-a'

/** The object of a part that is done. */
export const somePart = (): StoredPart => ({
  objectName: `parts/some/${randomUUID()}.mp4`,
  generation: '3',
  sizeBytes: 100,
  lead: 0,
  encoder: 'ffmpeg test',
  encodeSeconds: 2,
})

/** A picture of `count` parts of 100 frames each, all of the same weight. */
export const pictureParts = (count: number): NewPart[] =>
  Array.from({ length: count }, (_, index) => ({
    stream: 'picture',
    start: index * 100,
    end: (index + 1) * 100,
    weight: 1 / count,
  }))

/** A task that has been cut into parts, and the leases of all their jobs, in the order of their turns. */
export const cutTask = async (
  db: Kysely<Database>,
  parts: readonly NewPart[],
): Promise<{ task: TaskRow; held: { lease: Lease; partId: string }[] }> => {
  const { task, lease } = await processingTask(db)
  await splitTask(db, lease, { planKey: PLAN_KEY, plan: { some: 'plan' }, parts })
  return { task, held: await holdParts(db, task.id) }
}

/** Claims all queued jobs for parts of a task, in the order of their turns, and starts the task with each. */
export const holdParts = async (db: Kysely<Database>, taskId: string): Promise<{ lease: Lease; partId: string }[]> => {
  const jobs = (await jobsOf(db, taskId)).filter(({ kind, status }) => kind === 'part' && status === 'queued')
  jobs.sort((one, other) => Number(one.queuedAt) - Number(other.queuedAt))
  return Promise.all(
    jobs.map(async ({ id, partId }) => {
      if (partId === null) throw new Error('a job for a part does not say which')
      const lease = await claimed(db, id)
      await startTask(db, lease)
      return { lease, partId }
    }),
  )
}

/** The jobs of a task that are queued or running, by kind. */
export const liveKinds = async (db: Kysely<Database>, taskId: string): Promise<string[]> =>
  (await jobsOf(db, taskId)).filter(({ status }) => status === 'queued' || status === 'running').map(({ kind }) => kind)
