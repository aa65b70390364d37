import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { checkHistory } from '../faults/check-history.ts'
import { startFaultStack } from '../faults/fault-stack.ts'
import { planRounds } from '../faults/plan-round.ts'
import { playRound } from '../faults/play-round.ts'
import known from '../faults/seeds.json' with { type: 'json' }
import { takeOver } from '../faults/take-over.ts'
import { STRANGER } from '../faults/with-database.ts'

/** The first is for the time in which none has failed; the others are those that ever did. */
const seeds: [number, ...number[]] = [5, ...z.array(z.int()).parse(known)]
/** About so many in all, by so many users, on so many instances. */
const TASKS = 6
const USERS = 2
const INSTANCES = 2

test('on bad days', async (days) => {
  const size = { tasks: Math.max(2, Math.floor(TASKS / seeds.length)), users: USERS, long: true }
  await playRound(
    planRounds(seeds, size),
    { users: USERS, instances: INSTANCES },
    async (stack, { breaches, faults }) => {
      await days.test('tasks come to their right end while whatever is around them fails', () => {
        assert.deepEqual(breaches, [], faults.join('\n'))
      })
      await days.test('a holder that stood still for longer than its lease writes nothing any more', async () => {
        const { task, history } = await takeOver(stack)
        assert.equal(task.error, null)
        assert.equal(task.attempts, 2)
        assert.deepEqual(checkHistory(history, [STRANGER]), [])
      })
    },
  )
})

test('without the lease guard the history shows that a holder wrote what was not its own any more', async () => {
  const hook = new URL('../faults/without-lease-guard.ts', import.meta.url).href
  await using stack = await startFaultStack({
    instances: INSTANCES,
    ackDeadlineSeconds: 60,
    batchVariables: { NODE_OPTIONS: `--import=${hook}` },
  })
  const { history } = await takeOver(stack)
  assert.match(checkHistory(history, [STRANGER]).join('\n'), /by batch-\d+: renewed although batch-\d+ holds it/)
})
