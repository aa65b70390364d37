import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { Storage } from '@google-cloud/storage'
import { names } from '@reelway/local/cloud-resources.ts'
import { connectDatabase } from '@reelway/shared/db/connect.ts'
import type { Database } from '@reelway/shared/db/schema.ts'
import { sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import { type Kysely, sql } from 'kysely'
import { Client } from '../support/client.ts'
import { newUser } from '../support/rows.ts'
import { makeVideo } from '../videos/make-video.ts'
import { useStack } from './place.ts'
import { eventually } from './watch-stack.ts'

const CROWD = 2_000
/** So many of them could be converted if they had their turn: more than the other's task may have to wait for. */
const WITH_SOURCE = 60
/** What the local stack lets be in flight (infra/local/service-environment.ts), and how many conversions run at a time here. */
const WINDOW = 10
const AT_ONCE = 1

describe('a user with 2,000 tasks', () => {
  const place = useStack({ conversionsAtOnce: AT_ONCE, reapSeconds: 1, batchVariables: { FFMPEG_THREADS: '1' } })
  const opened = new AsyncDisposableStack()
  let db: Kysely<Database>
  before(async () => {
    const url = { DATABASE_URL: place.stack.databaseUrl, DB_NAME: 'reelway', DB_IP_TYPE: 'PRIVATE' } as const
    const connection = await connectDatabase({ ...url, DB_POOL_SIZE: 2 }, () => undefined)
    opened.defer(() => connection.close())
    db = connection.db
  })
  after(() => opened.disposeAsync())

  /** Queues the tasks of a user, as they are when their uploads were accepted; the oldest ones have a source. */
  const queueCrowd = async (userId: string, video: string): Promise<void> => {
    const uploads = new Storage({ projectId: names.project, apiEndpoint: place.stack.storage.url }).bucket(
      names.uploadsBucket,
    )
    const sources = await Promise.all(
      Array.from({ length: WITH_SOURCE }, async () => {
        const id = randomUUID()
        const [file] = await uploads.upload(video, { destination: sourceObjectName(id), resumable: false })
        return { id, generation: String(file.metadata.generation) }
      }),
    )
    await sql`
      with source as (select * from jsonb_to_recordset(${JSON.stringify(sources)}::jsonb) as it(id uuid, generation text)),
      crowd as (
        select coalesce(source.id, gen_random_uuid()) as id, coalesce(source.generation, '1') as generation, place
        from generate_series(1, ${CROWD}::int) as place
        left join (select *, row_number() over () as place from source) as source using (place)
      ),
      task as (
        insert into tasks (id, user_id, status, preset, file_name, content_type, size_bytes, upload_type, source_generation, queued_at)
        select id, ${userId}, 'queued', 'mp4-720p', 'crowd.mp4', 'video/mp4', 1000, 'single', generation,
          now() - interval '1 hour' + place * interval '1 s'
        from crowd returning id, queued_at
      )
      insert into jobs (task_id, kind, queued_at) select id, 'convert', queued_at from task`.execute(db)
  }

  /** How many jobs of a user have begun, and how many were ever published. */
  const progressOf = async (userId: string): Promise<{ begun: number; dispatched: number; waiting: number }> => {
    const { rows } = await sql<{ begun: number; dispatched: number; waiting: number }>`
      select count(*) filter (where jobs.attempts > 0)::int as begun, count(jobs.dispatched_at)::int as dispatched,
        count(*) filter (where jobs.status = 'queued')::int as waiting
      from jobs join tasks on tasks.id = jobs.task_id where tasks.user_id = ${userId}`.execute(db)
    return rows[0] ?? { begun: 0, dispatched: 0, waiting: 0 }
  }

  test("does not keep another user's task waiting for more of them than are in flight", async (t) => {
    const video = await makeVideo('one-frame')
    const other = await Client.signUp(place.stack.webUrl)
    const crowd = await newUser(db)
    await queueCrowd(crowd, video)
    await eventually('the first of the 2,000 are converted', async () => (await progressOf(crowd)).begun > 2)

    const task = await other.convert(video, { preset: 'mp4-720p', uploadType: 'single' })
    const after = await progressOf(crowd)
    assert.equal(task.error, null)
    assert.deepEqual([task.status, task.attempts], ['completed', 1])
    const { rows } = await sql<{ begun: number }>`
      select count(*)::int as begun from tasks
      where user_id = ${crowd} and started_at between ${task.queuedAt} and ${task.startedAt}`.execute(db)
    const begun = rows[0]?.begun ?? CROWD
    t.diagnostic(`${begun} of ${CROWD} were begun while the other's waited for its turn; ${after.waiting} still wait`)
    // What was in flight before it came.
    assert.ok(begun <= WINDOW + AT_ONCE, `${begun} were begun before it`)
    assert.ok(after.begun < WITH_SOURCE && after.waiting > CROWD - WITH_SOURCE)
    assert.ok(after.dispatched <= after.begun + WINDOW, `${after.dispatched} dispatched, ${after.begun} begun`)
  })
})
