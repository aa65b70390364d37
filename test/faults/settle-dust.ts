import { setTimeout as sleep } from 'node:timers/promises'
import { encoders } from '../acceptance/watch-stack.ts'
import type { FaultStack } from './fault-stack.ts'
import type { PlayedTask } from './play-task.ts'
import { withDatabase } from './with-database.ts'

/** Without any job coming to its end; none of the small clips takes so long, on a busy machine either. */
const PATIENCE_MILLIS = 90_000

/**
 * Waits until nothing is left to do, with all faults off. What would take its time does not: old times are written into rows. Returns
 * what is left when nothing moves any more; nothing when all came to its end.
 */
export const settleDust = async (stack: FaultStack, played: readonly PlayedTask[]): Promise<string[]> => {
  let deadline = Date.now() + PATIENCE_MILLIS
  let ended = 0
  const abandoned = played.filter(({ wish }) => wish === 'never uploaded').map(({ id }) => id)
  for (;;) {
    await moveTimes(stack.databaseUrl, abandoned)
    await sleep(1_000)
    const endedNow = await endedJobs(stack.databaseUrl)
    if (endedNow !== ended) deadline = Date.now() + PATIENCE_MILLIS
    ended = endedNow
    const busy = await stillBusy(stack)
    if (busy.length === 0 || Date.now() > deadline) return busy.map((what) => `never came to an end: ${what}`)
  }
}

/** A holder that lives renews its lease of 30 s every second. */
const NOT_RENEWED = `lease_expires_at between now() and now() + interval '24 s'`

const moveTimes = (databaseUrl: string, abandoned: readonly string[]): Promise<void> =>
  withDatabase(databaseUrl, async (client) => {
    await client.query(`update jobs set lease_expires_at = now() - interval '1 s' where ${NOT_RENEWED}`)
    await client.query(
      `update tasks set upload_signed_at = now() - interval '9 days' where status = 'awaiting_upload' and id = any($1)`,
      [abandoned],
    )
    // The parts of a task that its owner might retry are kept for a while.
    await client.query(
      `update tasks set finished_at = finished_at - interval '1 hour'
       where status = 'failed' and finished_at > now() - interval '30 minutes'`,
    )
  })

const endedJobs = (databaseUrl: string): Promise<number> =>
  withDatabase(databaseUrl, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from jobs where status in ('done', 'failed', 'cancelled')`,
    )
    return rows[0]?.count ?? 0
  })

const stillBusy = async (stack: FaultStack): Promise<string[]> => {
  const rows = await withDatabase(stack.databaseUrl, async (client) => {
    const { rows } = await client.query<{ what: string }>(`
      select 'job ' || id || ' ' || kind || ' ' || status || ' of task ' || task_id as what from jobs where status in ('queued', 'running')
      union all select 'task ' || id || ' ' || status from tasks
        where status in ('awaiting_upload', 'queued', 'processing') and deleted_at is null
      union all select 'the rows of the deleted task ' || id from tasks where deleted_at is not null
      union all select 'the parts of task ' || task_id || ' (' || count(*) || ')' from parts group by task_id
      union all select 'what is left of the parts of task ' || id from tasks where plan_key is not null`)
    return rows.map(({ what }) => what)
  })
  const running = (await encoders(stack)).map((pid) => `the encoder ${pid}`)
  const isIdle = await Promise.race([stack.pubsub.idle().then(() => true), sleep(500, false)])
  return [...rows, ...running, ...(isIdle ? [] : ['deliveries'])]
}
