import { randomUUID } from 'node:crypto'
import type { AssetRow } from '@reelway/shared/db/assets/asset-row.ts'
import { claimJob } from '@reelway/shared/db/jobs/claim.ts'
import type { Lease } from '@reelway/shared/db/jobs/lease.ts'
import type { Database } from '@reelway/shared/db/schema.ts'
import type { NewOutput, Result } from '@reelway/shared/db/tasks/complete.ts'
import { startTask } from '@reelway/shared/db/tasks/start.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import type { TaskStatus } from '@reelway/shared/task-status.ts'
import { type InsertObject, type Kysely, type Selectable, sql } from 'kysely'

export type JobRow = Selectable<Database['jobs']>

/** A user with a name and an address that nobody else has. */
export const newUser = async (db: Kysely<Database>): Promise<string> => {
  const username = `user-${randomUUID().slice(0, 23)}`
  const user = await db
    .insertInto('users')
    .values({ username, email: `${username}@example.com`, passwordHash: 'none' })
    .returning('id')
    .executeTakeFirstOrThrow()
  return user.id
}

/** A task of a user, waiting for its upload unless `fields` say otherwise. */
export const newTask = (
  db: Kysely<Database>,
  userId: string,
  fields: Partial<InsertObject<Database, 'tasks'>> = {},
): Promise<TaskRow> =>
  db
    .insertInto('tasks')
    .values({
      userId,
      preset: 'league',
      fileName: 'clip.mp4',
      contentType: 'video/mp4',
      sizeBytes: 1000,
      uploadType: 'resumable',
      ...fields,
    })
    .returningAll()
    .executeTakeFirstOrThrow()

/** A picture of a user's own, waiting for its upload unless `fields` say otherwise. */
export const newAsset = (
  db: Kysely<Database>,
  userId: string,
  fields: Partial<InsertObject<Database, 'assets'>> = {},
): Promise<AssetRow> =>
  db
    .insertInto('assets')
    .values({
      userId,
      kind: 'picture',
      fileName: 'logo.png',
      contentType: 'image/png',
      sizeBytes: 1000,
      uploadType: 'resumable',
      ...fields,
    })
    .returningAll()
    .executeTakeFirstOrThrow()

/** A job of a task, queued and published just now unless `fields` say otherwise. */
export const newJob = (
  db: Kysely<Database>,
  taskId: string,
  fields: Partial<InsertObject<Database, 'jobs'>> = {},
): Promise<JobRow> =>
  db
    .insertInto('jobs')
    .values({ taskId, kind: 'convert', publishedAt: sql<Date>`now()`, ...fields })
    .returningAll()
    .executeTakeFirstOrThrow()

/** A task in `status` with an upload, and a job that is running under a lease of half a minute, whether that makes sense or not. */
export const heldTask = async (db: Kysely<Database>, status: TaskStatus): Promise<{ task: TaskRow; lease: Lease }> => {
  const task = await newTask(db, await newUser(db), { status, sourceGeneration: '1', sourceCrc32c: 'AAAAAA==' })
  const token = randomUUID()
  const job = await newJob(db, task.id, {
    status: 'running',
    attempts: 1,
    leaseToken: token,
    leaseExpiresAt: sql<Date>`now() + interval '30 s'`,
  })
  return { task, lease: { jobId: job.id, taskId: task.id, token, attempts: 1 } }
}

/** A queued task with its queued job. */
export const queuedTask = async (db: Kysely<Database>): Promise<{ task: TaskRow; job: JobRow }> => {
  const task = await newTask(db, await newUser(db), {
    status: 'queued',
    queuedAt: sql<Date>`now()`,
    sourceGeneration: '1',
    sourceCrc32c: 'AAAAAA==',
  })
  return { task, job: await newJob(db, task.id) }
}

/** A task that is being worked on: its job was claimed and started. */
export const processingTask = async (db: Kysely<Database>): Promise<{ task: TaskRow; lease: Lease }> => {
  const { job } = await queuedTask(db)
  const lease = await claimed(db, job.id)
  const task = await startTask(db, lease)
  if (task === undefined) throw new Error('the task was not started')
  return { task, lease }
}

/** The lease of a job; throws when it cannot be had. */
export const claimed = async (db: Kysely<Database>, jobId: string): Promise<Lease> => {
  const claim = await claimJob(db, jobId)
  if (claim.kind !== 'claimed') throw new Error(`the job was not claimed: ${claim.kind}`)
  return claim.lease
}

/** Moves the end of a job's lease into the past. */
export const expireLease = async (db: Kysely<Database>, jobId: string): Promise<void> => {
  await db
    .updateTable('jobs')
    .set({ leaseExpiresAt: sql<Date>`now() - interval '1 s'` })
    .where('id', '=', jobId)
    .execute()
}

export const taskRow = (db: Kysely<Database>, id: string): Promise<TaskRow> =>
  db.selectFrom('tasks').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

export const jobRow = (db: Kysely<Database>, id: string): Promise<JobRow> =>
  db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** The jobs of a task, oldest first. */
export const jobsOf = (db: Kysely<Database>, taskId: string): Promise<JobRow[]> =>
  db.selectFrom('jobs').selectAll().where('taskId', '=', taskId).orderBy('createdAt').execute()

/** What a holder completes a task with. */
export const someResult = (objectName?: string): Result => ({ outputs: [someOutput(objectName)], previews: null })

/** What a holder stores when its work is done. */
export const someOutput = (objectName = 'outputs/some/video.mp4'): NewOutput => ({
  name: 'video',
  objectName,
  generation: '2',
  contentType: 'video/mp4',
  sizeBytes: 2000,
  crc32c: 'AAAAAA==',
  width: 640,
  height: 360,
  durationSeconds: 20,
  encoder: 'ffmpeg test',
})
