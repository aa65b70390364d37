import { checkParts, type PartsState } from './check-parts.ts'
import type { Change, JobChange, OutputChange, TaskChange } from './history.ts'

type Status = NonNullable<TaskChange['after']>['status']

/** Written down here once more, so that a mistake in the product's own table is not believed. */
const mayFollow: Record<Status, readonly Status[]> = {
  awaiting_upload: ['queued', 'cancelled', 'expired'],
  queued: ['processing', 'failed', 'cancelled'],
  processing: ['completed', 'failed', 'cancelled'],
  completed: [],
  failed: ['queued'],
  cancelled: ['queued'],
  expired: [],
}

/** What is wrong with the life of one task, its outputs and its parts. `changes` are all of the task, in the order of seq. */
export const checkTask = (id: string, changes: readonly Change[]): string[] => {
  const state: PartsState = { isProcessing: false, planKey: null, partsLeft: null, parts: new Map(), assembles: 0 }
  const outputs = new Set<string>()
  return inOrderOfCommit(changes).flatMap((transaction) => {
    const faults = [
      ...checkStatus(transaction),
      ...checkOutputs(transaction, outputs),
      ...checkParts(transaction, state),
    ]
    return faults.map((what) => `#${transaction.at(-1)?.seq} task ${id} by ${transaction[0]?.writer}: ${what}`)
  })
}

/** Whoever changes a task's row or counts its parts holds the row's lock from then to the commit: so the last such change decides. */
const inOrderOfCommit = (changes: readonly Change[]): Change[][] => {
  const transactions = [...Map.groupBy(changes, ({ transaction }) => transaction).values()]
  const last = (transaction: Change[]): number =>
    (transaction.findLast(({ table }) => table === 'tasks') ?? transaction.at(-1))?.seq ?? 0
  return transactions.sort((a, b) => last(a) - last(b))
}

const checkStatus = (transaction: readonly Change[]): string[] =>
  transaction.flatMap((change) => {
    if (change.table !== 'tasks' || change.before === null || change.after === null) return []
    const { before, after } = change
    const faults: string[] = []
    if (before.status !== after.status && !mayFollow[before.status].includes(after.status)) {
      faults.push(`${before.status} became ${after.status}`)
    }
    if (before.deleted_at !== null && after.deleted_at === null) faults.push('deleted, then there again')
    const goesOn = before.status === 'processing' && after.status === 'processing'
    if (goesOn && after.progress < before.progress) faults.push(`went back to ${after.progress}`)
    if (before.status !== 'completed' && after.status === 'completed' && outputsIn(transaction).length !== 1) {
      faults.push('completed without a result')
    }
    return faults
  })

const outputsIn = (transaction: readonly Change[]): OutputChange[] =>
  transaction.filter((it) => it.table === 'outputs').filter(({ after }) => after !== null)

/** A result is written once, in the transaction that finishes the job, under a name with the token of that job's holder. */
const checkOutputs = (transaction: readonly Change[], known: Set<string>): string[] =>
  outputsIn(transaction).flatMap(({ before, after }) => {
    const faults: string[] = []
    if (before !== null || known.has(after?.name ?? '')) faults.push(`the result ${after?.name} was written twice`)
    known.add(after?.name ?? '')
    const finished = finishedIn(transaction).filter(({ before: job }) => job?.kind !== 'part')
    const isHolders = finished.some(({ before: job }) => after?.object_name.includes(job?.lease_token ?? '\n'))
    if (!isHolders) faults.push(`the result ${after?.object_name} is that of a stale holder`)
    return faults
  })

/** The jobs that were finished in a transaction. */
const finishedIn = (transaction: readonly Change[]): JobChange[] =>
  transaction
    .filter((it) => it.table === 'jobs')
    .filter(({ before, after }) => before?.status === 'running' && after?.status === 'done')
