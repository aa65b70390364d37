import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
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
/** About so many in all. */
const TASKS = 10

/** Long enough for the whole clip in one delivery. */
const CALM = { instances: 2, ackDeadlineSeconds: 120 }

describe('bad days', () => {
  test('tasks come to their right end while whatever is around them fails', async () => {
    const size = { tasks: Math.max(2, Math.floor(TASKS / seeds.length)), users: 2, long: true }
    const { breaches, faults } = await playRound(planRounds(seeds, size), { users: 2, instances: 2 })
    assert.deepEqual(breaches, [], faults.join('\n'))
  })

  test('a holder that stood still for longer than its lease writes nothing any more', async () => {
    await using stack = await startFaultStack(CALM)
    const { task, history } = await takeOver(stack)
    assert.equal(task.error, null)
    assert.equal(task.attempts, 2)
    assert.deepEqual(checkHistory(history, [STRANGER]), [])
  })

  test('without the lease guard the history shows that a holder wrote what was not its own any more', async () => {
    const hook = new URL('../faults/without-lease-guard.ts', import.meta.url).href
    await using stack = await startFaultStack({ ...CALM, batchVariables: { NODE_OPTIONS: `--import=${hook}` } })
    const { history } = await takeOver(stack)
    const breaches = checkHistory(history, [STRANGER]).join('\n')
    assert.match(breaches, /by batch-\d+: renewed although batch-\d+ holds it/)
  })
})
