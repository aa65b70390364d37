import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkHistory } from '../faults/check-history.ts'
import { type Change, change } from '../faults/history.ts'
import { planRound } from '../faults/plan-round.ts'

const TASK = {
  id: 't',
  status: 'processing',
  progress: 0,
  parts_left: null,
  plan_key: null,
  deleted_at: null,
  error_code: null,
}
const JOB = {
  id: 'j',
  task_id: 't',
  kind: 'convert',
  status: 'queued',
  attempts: 0,
  lease_token: null,
  lease_expires_at: null,
  part_id: null,
}
const PART = {
  id: 'p',
  task_id: 't',
  plan_key: 'k',
  stream: 'picture',
  range_start: 0,
  range_end: 10,
  status: 'pending',
  object_name: null,
}
const held = (token: string, attempts = 1) => ({
  ...JOB,
  status: 'running',
  attempts,
  lease_token: token,
  lease_expires_at: '2026-11-25T12:00:30Z',
})
const done = { ...JOB, status: 'done', attempts: 1 }

type Row = Record<string, unknown> | null
type Step = [transaction: string, writer: string, table: Change['table'], before: Row, after: Row, at?: string]

/** A history of these steps, all at noon unless told. */
const historyOf = (...steps: Step[]): Change[] =>
  steps.map(([transaction, writer, table, before, after, at = '2026-11-25T12:00:00Z'], seq) =>
    change.parse({ seq, transaction, writer, at, table, before, after }),
  )

const claim = (writer: string, token: string): Step => [`claim ${token}`, writer, 'jobs', JOB, held(token)]

describe('the checker of histories', () => {
  const finds = (expected: RegExp, ...steps: Step[]) =>
    assert.match(checkHistory(historyOf(...steps), []).join('\n'), expected)

  test('a claim, a result and its end are well', () => {
    const output = { task_id: 't', name: 'video', object_name: 'outputs/t/a/v.mp4' }
    const steps: Step[] = [
      claim('batch-1', 'a'),
      ['2', 'batch-1', 'jobs', held('a'), done],
      ['2', 'batch-1', 'tasks', TASK, { ...TASK, status: 'completed' }],
      ['2', 'batch-1', 'outputs', null, output],
    ]
    assert.deepEqual(checkHistory(historyOf(...steps), []), [])
  })

  test('a job that is taken from a holder that lives is found', () =>
    finds(/taken from a living holder/, claim('batch-1', 'a'), ['2', 'batch-2', 'jobs', held('a'), held('b', 2)]))

  test('a job that is finished by another than its holder is found', () =>
    finds(/done although batch-1 holds it/, claim('batch-1', 'a'), ['2', 'batch-2', 'jobs', held('a'), done]))

  test('a job that is finished although nobody holds it is found', () =>
    finds(/done by nobody/, ['1', 'batch-1', 'jobs', JOB, done]))

  test('a settled job that goes on is found', () =>
    finds(/settled as done, then queued/, ['1', 'batch-1', 'jobs', done, { ...done, status: 'queued' }]))

  test('a token that is given out twice is found', () =>
    finds(/was given out before/, claim('batch-1', 'a'), [
      '2',
      'batch-1',
      'jobs',
      { ...JOB, id: 'i' },
      { ...held('a'), id: 'i' },
    ]))

  test('a settled task that changes back is found', () =>
    finds(/completed became processing/, ['1', 'batch-1', 'tasks', { ...TASK, status: 'completed' }, TASK]))

  test('progress that goes backwards is found', () =>
    finds(/went back to 0.1/, ['1', 'batch-1', 'tasks', { ...TASK, progress: 0.5 }, { ...TASK, progress: 0.1 }]))

  test('a task that is completed without a result is found', () =>
    finds(/completed without a result/, ['1', 'batch-1', 'tasks', TASK, { ...TASK, status: 'completed' }]))

  test('a result under the name of a holder that has lost the job is found', () =>
    finds(
      /is that of a stale holder/,
      claim('batch-1', 'b'),
      ['2', 'batch-1', 'jobs', held('b'), done],
      ['2', 'batch-1', 'outputs', null, { task_id: 't', name: 'video', object_name: 'outputs/t/a/v.mp4' }],
    ))

  const split = { ...TASK, plan_key: 'k', parts_left: 1 }

  test('parts that are counted wrong are found', () =>
    finds(
      /1 parts are left, and 0 are said to be/,
      ['1', 'batch-1', 'parts', null, PART],
      ['1', 'batch-1', 'tasks', TASK, { ...split, parts_left: 0 }],
    ))

  test('a gap between parts is found', () =>
    finds(
      /a part from 11, not from 10/,
      ['1', 'batch-1', 'parts', null, PART],
      ['1', 'batch-1', 'parts', null, { ...PART, id: 'q', range_start: 11, range_end: 20 }],
      ['1', 'batch-1', 'tasks', TASK, { ...split, parts_left: 2 }],
    ))

  test('parts that are joined twice are found', () =>
    finds(
      /is assembled twice/,
      ['1', 'batch-1', 'tasks', TASK, { ...split, parts_left: 0 }],
      ['1', 'batch-1', 'jobs', null, { ...JOB, id: 'i', kind: 'assemble' }],
      ['2', 'batch-1', 'jobs', null, { ...JOB, id: 'h', kind: 'assemble' }],
    ))

  test('parts that nobody joins are found', () =>
    finds(/nobody assembles them/, ['1', 'batch-1', 'tasks', TASK, { ...split, parts_left: 0 }]))
})

test('a plan of faults is the same for the same seed, and another for another', () => {
  const size = { tasks: 60, users: 6, long: true }
  assert.deepEqual(planRound(1, size), planRound(1, size))
  assert.notDeepEqual(planRound(1, size).faults, planRound(2, size).faults)
  assert.equal(planRound(1, size).tasks.length, 60)
})
