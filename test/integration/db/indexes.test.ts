import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { listAbandonedAssets } from '@reelway/shared/db/assets/expire.ts'
import { listAssets } from '@reelway/shared/db/assets/list.ts'
import { listPurgeableAssets } from '@reelway/shared/db/assets/purge.ts'
import { removeAsset } from '@reelway/shared/db/assets/remove.ts'
import { claimJob } from '@reelway/shared/db/jobs/claim.ts'
import { dispatchJobs } from '@reelway/shared/db/jobs/dispatch.ts'
import { renewLease } from '@reelway/shared/db/jobs/renew.ts'
import { requeueStaleJobs } from '@reelway/shared/db/jobs/requeue-stale.ts'
import { finishPart } from '@reelway/shared/db/parts/finish.ts'
import type { Database } from '@reelway/shared/db/schema.ts'
import { forgetEndedSessions } from '@reelway/shared/db/sessions/forget-ended.ts'
import { rotateRefreshToken } from '@reelway/shared/db/sessions/rotate.ts'
import { cancelTask } from '@reelway/shared/db/tasks/cancel.ts'
import { completeTask } from '@reelway/shared/db/tasks/complete.ts'
import { createTaskFromSource } from '@reelway/shared/db/tasks/create-from-source.ts'
import { listAbandonedUploads } from '@reelway/shared/db/tasks/expire.ts'
import { findTaskOfUser } from '@reelway/shared/db/tasks/find.ts'
import { isUploadUsed } from '@reelway/shared/db/tasks/is-upload-used.ts'
import { listLeftovers } from '@reelway/shared/db/tasks/leftover.ts'
import { listTasks } from '@reelway/shared/db/tasks/list.ts'
import { listPurgeableTasks } from '@reelway/shared/db/tasks/purge.ts'
import { findUserByLogin } from '@reelway/shared/db/users/find.ts'
import { CamelCasePlugin, type CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { cutTask, pictureParts, somePart } from '../../support/cut-task.ts'
import { openTestDatabase } from '../../support/database.ts'
import { newAsset, newJob, newUser, processingTask, queuedTask, someResult } from '../../support/rows.ts'

const { db, url } = await openTestDatabase()

const HUGE = ['tasks', 'jobs', 'parts', 'users', 'sessions', 'refresh_tokens', 'outputs', 'assets']

before(async () => {
  const owner = await newUser(db)
  await sql`insert into users (username, email, password_hash)
    select 'user' || i, 'user' || i || '@example.com', 'none' from generate_series(1, 5000) i`.execute(db)
  await sql`insert into sessions (user_id, expires_at)
    select id, now() + interval '1 d' from users`.execute(db)
  await sql`insert into refresh_tokens (token_hash, session_id)
    select sha256(id::text::bytea), id from sessions`.execute(db)
  await sql`insert into tasks (user_id, preset, file_name, content_type, size_bytes, upload_type, status, created_at)
    select ${owner}::uuid, 'league', 'a.mp4', 'video/mp4', 1, 'single', 'completed', now() - i * interval '1 minute'
    from generate_series(1, 10000) i`.execute(db)
  await sql`insert into tasks (user_id, preset, file_name, content_type, size_bytes, upload_type, status)
    select id, 'league', 'a.mp4', 'video/mp4', 1, 'single', 'completed' from users`.execute(db)
  await sql`insert into jobs (task_id, kind, status, published_at)
    select id, 'convert', 'done', now() from tasks`.execute(db)
  await sql`insert into outputs (task_id, name, object_name, generation, content_type, size_bytes, crc32c, width, height,
      duration_seconds, encoder)
    select id, 'video', 'o', '1', 'video/mp4', 1, 'c', 2, 2, 1, 'e' from tasks`.execute(db)
  await sql`insert into parts (task_id, plan_key, stream, range_start, range_end, weight)
    select id, 'p', 'picture', 0, 100, 1 from tasks`.execute(db)
  await sql`insert into assets (user_id, kind, file_name, content_type, size_bytes, upload_type, status, generation)
    select id, 'picture', 'a.png', 'image/png', 1, 'single', 'ready', '1' from users`.execute(db)
  await sql`vacuum analyze`.execute(db)
})

/** The tables that PostgreSQL reads from end to end for the statements of `work`. */
const scannedBy = async (work: (recording: Kysely<Database>) => Promise<unknown>): Promise<string[]> => {
  const statements: CompiledQuery[] = []
  const recording = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }),
    plugins: [new CamelCasePlugin()],
    log: (event) => void statements.push(event.query),
  })
  await work(recording)
  await recording.destroy()
  const scanned: string[] = []
  for (const { sql: text, parameters } of statements) {
    if (!/^(select|update|insert|delete|with)/.test(text.trimStart())) continue
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, [...parameters])
    await client.end()
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    scanned.push(...[...plan.matchAll(/Seq Scan on (\w+)/g)].map(([, table = '']) => table))
  }
  assert.ok(statements.length > 0)
  return scanned.filter((table) => HUGE.includes(table))
}

const frequent: { name: string; work(on: Kysely<Database>): Promise<unknown> }[] = [
  { name: 'a claim', work: async (on) => claimJob(on, (await processingTask(db)).lease.jobId) },
  { name: 'a renewal', work: async (on) => renewLease(on, (await processingTask(db)).lease, 0.5) },
  { name: 'a completion', work: async (on) => completeTask(on, (await processingTask(db)).lease, someResult()) },
  {
    name: 'a cancel',
    work: async (on) => {
      const { task } = await processingTask(db)
      await cancelTask(on, task.userId, task.id)
    },
  },
  {
    name: 'the status of a task',
    work: async (on) => {
      const { task } = await processingTask(db)
      await findTaskOfUser(on, task.userId, task.id)
    },
  },
  {
    name: 'a page of a long list',
    work: async (on) => {
      const owner = await db.selectFrom('tasks').select('userId').orderBy('createdAt').executeTakeFirstOrThrow()
      const query = { limit: 20, order: 'newest', status: undefined } as const
      const page = await listTasks(on, owner.userId, { ...query, after: undefined })
      await listTasks(on, owner.userId, { ...query, after: page.at(-1) })
    },
  },
  {
    name: 'giving turns',
    work: async (on) => {
      const { task } = await queuedTask(db)
      await newJob(db, task.id, { kind: 'assemble', publishedAt: null })
      assert.equal((await dispatchJobs(on, 1_000)).length, 1)
    },
  },
  {
    name: 'the renewal and the end of a part',
    work: async (on) => {
      const [part] = (await cutTask(db, pictureParts(2))).held
      assert.ok(part)
      await renewLease(on, part.lease, 0.5)
      assert.equal(await finishPart(on, part.lease, part.partId, somePart()), 'finished')
    },
  },
  { name: 'the look for what is left over', work: (on) => listLeftovers(on, 200) },
  { name: 'the look for stale jobs', work: (on) => requeueStaleJobs(on, 200) },
  { name: 'the look for abandoned uploads', work: (on) => listAbandonedUploads(on, 200) },
  { name: 'the look for deleted tasks', work: (on) => listPurgeableTasks(on, 200) },
  { name: 'the look for abandoned assets', work: (on) => listAbandonedAssets(on, 200) },
  {
    name: 'the look for deleted assets that nobody uses',
    work: async (on) => {
      const user = await newUser(db)
      const asset = await newAsset(db, user, { status: 'ready', generation: '1' })
      await removeAsset(on, user, asset.id)
      assert.deepEqual(await listPurgeableAssets(on, 200), [asset.id])
    },
  },
  {
    name: 'a page of assets',
    work: async (on) => listAssets(on, await newUser(db), { limit: 20, order: 'newest', after: undefined }),
  },
  {
    name: 'another conversion of an upload, and whether that is used',
    work: async (on) => {
      const { task } = await queuedTask(db)
      const { userId, id } = task
      const created = await createTaskFromSource(
        on,
        { userId, lane: 'main', preset: 'league', options: '{}', sourceTaskId: id, traceparent: undefined },
        { idempotencyKey: undefined, assets: [], checkSource: () => undefined },
      )
      assert.equal(created.kind, 'created')
      assert.equal(await isUploadUsed(on, id, '1'), true)
    },
  },
  { name: 'the look for ended sessions', work: forgetEndedSessions },
  { name: 'a log-in by name', work: (on) => findUserByLogin(on, 'user77') },
  { name: 'a log-in by address', work: (on) => findUserByLogin(on, 'user77@example.com') },
  { name: 'a refresh', work: (on) => rotateRefreshToken(on, Buffer.from('unknown'), Buffer.from('next')) },
]

for (const { name, work } of frequent) {
  test(`${name} reads no whole table`, async () => {
    assert.deepEqual(await scannedBy(work), [])
  })
}
