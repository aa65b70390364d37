import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventually } from '../acceptance/watch-stack.ts'
import { Client, type Task } from '../support/client.ts'
import { makeVideo } from '../videos/make-video.ts'
import type { FaultStack } from './fault-stack.ts'
import type { Change } from './history.ts'
import { endLeases } from './inject-fault.ts'
import { readHistory } from './record-history.ts'

/** Shorter than batch waits for a byte before it asks again (services/batch/source/source.ts). */
const STALL_MILLIS = 8_000

/**
 * Lets one holder stand still for longer than its lease lives, another take the job over, and the first wake up while the other works.
 * Returns what became of the task, and the history.
 */
export const takeOver = async (stack: FaultStack): Promise<{ task: Task; history: Change[] }> => {
  const client = await Client.signUp(stack.webUrl)
  // Both holders wait for their first byte so long that the first is awake again when the other still works.
  stack.storage.faults.add({ match: { api: 'media' }, times: 2, action: { kind: 'stall', ms: STALL_MILLIS } })
  const { id } = await client.submit(await makeVideo('two-tenths'), { preset: 'league' })
  await eventually('a holder', async () => (await claimersOf(stack, id)).length > 0)
  const [first] = await claimersOf(stack, id)
  const stale = stack.batches().find(({ process: { name } }) => name === first)
  assert.ok(stale !== undefined)

  process.kill(stale.pid, 'SIGSTOP')
  try {
    // A statement that it had sent before must not renew what is ended here.
    await sleep(100)
    assert.equal(await endLeases(stack, stale), 1)
    await eventually('another holder', async () => (await claimersOf(stack, id)).length > 1)
  } finally {
    process.kill(stale.pid, 'SIGCONT')
  }
  const task = await client.settled(id)
  return { task, history: await readHistory(stack.databaseUrl) }
}

/** The processes that claimed jobs of a task, in this order. */
const claimersOf = async ({ databaseUrl }: FaultStack, taskId: string): Promise<string[]> =>
  (await readHistory(databaseUrl)).flatMap((change) => {
    if (change.table !== 'jobs' || change.after?.task_id !== taskId) return []
    const { before, after, writer } = change
    return after.lease_token !== null && after.lease_token !== before?.lease_token ? [writer] : []
  })
