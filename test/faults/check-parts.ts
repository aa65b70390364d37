import type { Change, JobChange, PartChange, PartRow } from './history.ts'

/** What is known of a task's parts between two transactions. */
export type PartsState = {
  /** only then the parts are counted: they are removed once it has settled */
  isProcessing: boolean
  planKey: string | null
  partsLeft: number | null
  parts: Map<string, PartRow>
  /** assemble jobs since the task was last queued */
  assembles: number
}

/** Takes in one transaction of a task, and says what is wrong with its parts after it. */
export const checkParts = (transaction: readonly Change[], state: PartsState): string[] => {
  const faults = transaction.flatMap((change) => (change.table === 'parts' ? partFaults(change, transaction) : []))
  const before = state.partsLeft
  for (const change of transaction) take(change, state)
  const ofPlan = [...state.parts.values()].filter(({ plan_key }) => plan_key === state.planKey)
  const pending = ofPlan.filter(({ status }) => status === 'pending').length
  if (state.isProcessing && state.partsLeft !== null) {
    if (state.partsLeft !== pending) faults.push(`${pending} parts are left, and ${state.partsLeft} are said to be`)
    faults.push(...gaps(ofPlan))
  }
  const assembles = newAssembles(transaction)
  if (assembles > 0 && (state.partsLeft !== 0 || before === 0)) faults.push('assembles before the last part is done')
  if (state.assembles > 1) faults.push('is assembled twice')
  if (state.isProcessing && state.partsLeft === 0 && before !== 0 && assembles !== 1)
    faults.push('has all its parts, and nobody assembles them')
  return faults
}

const take = (change: Change, state: PartsState): void => {
  const { before, after } = change
  switch (change.table) {
    case 'tasks':
      state.isProcessing = change.after?.status === 'processing'
      state.planKey = change.after?.plan_key ?? null
      state.partsLeft = change.after?.parts_left ?? null
      if (change.before?.status !== 'queued' && change.after?.status === 'queued') state.assembles = 0
      return
    case 'parts':
      if (change.after !== null) state.parts.set(change.after.id, change.after)
      else if (change.before !== null) state.parts.delete(change.before.id)
      return
    case 'jobs':
      if (before === null && after !== null && change.after?.kind === 'assemble') state.assembles += 1
      return
    case 'outputs':
      return
    default:
      change satisfies never
  }
}

const newAssembles = (transaction: readonly Change[]): number =>
  transaction.filter((it) => it.table === 'jobs').filter((it) => it.before === null && it.after?.kind === 'assemble')
    .length

/** A part is done once, by whoever finishes a job of the task in the same transaction, with an object of that holder. */
const partFaults = ({ before, after }: PartChange, transaction: readonly Change[]): string[] => {
  if (after === null || after.status !== 'done' || (before?.status === 'done' && isSame(before, after))) return []
  if (before?.status === 'done') return [`the part ${after.id} was done, and changed again`]
  const isHolders = finishedIn(transaction).some(({ before: job }) =>
    after.object_name?.includes(job?.lease_token ?? '\n'),
  )
  return isHolders ? [] : [`the part ${after.object_name} is that of a stale holder`]
}

const isSame = (one: PartRow, other: PartRow): boolean =>
  one.object_name === other.object_name && one.range_start === other.range_start && one.range_end === other.range_end

const finishedIn = (transaction: readonly Change[]): JobChange[] =>
  transaction
    .filter((it) => it.table === 'jobs')
    .filter(({ before, after }) => before?.status === 'running' && after?.status === 'done')

/** Parts of a plan lie side by side: from the first on, each begins where the one before ends. */
const gaps = (parts: readonly PartRow[]): string[] =>
  [...Map.groupBy(parts, ({ stream }) => stream)].flatMap(([stream, ofStream]) => {
    const sorted = ofStream.sort((a, b) => a.range_start - b.range_start)
    return sorted.flatMap(({ range_start }, index) => {
      const expected = index === 0 ? 0 : sorted[index - 1]?.range_end
      return range_start === expected ? [] : [`the ${stream} has a part from ${range_start}, not from ${expected}`]
    })
  })
