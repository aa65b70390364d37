import type { JobChange } from './history.ts'

/** Who holds a job: the process whose claim was the last, and the token that it got. */
type Holder = { token: string; writer: string }

const settled = new Set(['done', 'failed', 'cancelled'])

/** What is wrong with the life of one job. */
export const checkJob = (id: string, changes: readonly JobChange[], strangers: readonly string[]): string[] => {
  const breaches: string[] = []
  let holder: Holder | undefined
  for (const change of changes) {
    const { before, after, writer } = change
    const say = (what: string): void => void breaches.push(`#${change.seq} job ${id} by ${writer}: ${what}`)
    if (after === null) {
      if (before !== null && !settled.has(before.status)) say(`removed while ${before.status}`)
      continue
    }
    if (before === null) {
      if (after.status !== 'queued' || after.lease_token !== null || after.attempts !== 0) say('is not new')
      continue
    }
    if (strangers.includes(writer)) continue
    if (settled.has(before.status)) {
      if (changesAnything(change)) say(`settled as ${before.status}, then ${after.status}`)
    } else if (after.status === 'running' && after.lease_token !== before.lease_token) {
      for (const what of claimFaults(change)) say(what)
      holder = { token: after.lease_token ?? '', writer }
    } else {
      for (const what of writeFaults(change, holder)) say(what)
      if (after.status !== 'running') holder = undefined
    }
  }
  return breaches
}

const changesAnything = ({ before, after }: JobChange): boolean =>
  before?.status !== after?.status || before?.attempts !== after?.attempts

const claimFaults = (change: JobChange): string[] => {
  const { before, after } = change
  const faults: string[] = []
  if (before?.status === 'running' && !hasExpired(change)) faults.push('taken from a living holder')
  if (after?.attempts !== (before?.attempts ?? 0) + 1) faults.push('a claim that is not counted')
  if (after?.lease_token == null || after.lease_expires_at === null) faults.push('a claim without a lease')
  return faults
}

/** What only the holder may do, done by another. */
const writeFaults = (change: JobChange, holder: Holder | undefined): string[] => {
  const { before, after, writer } = change
  if (before?.status !== 'running') {
    // Published, dispatched, cancelled, given up: by anybody. Nobody but a holder finishes it.
    return after?.status === 'done' ? ['done by nobody who holds it'] : []
  }
  const isHolder = holder?.writer === writer && holder.token === before.lease_token
  switch (after?.status) {
    case 'done':
      return isHolder ? [] : [`done although ${holder?.writer} holds it`]
    case 'failed':
    case 'queued':
      return isHolder || hasExpired(change) ? [] : [`${after.status} although ${holder?.writer} holds it`]
    case 'running':
      return isHolder || !movesLease(change) ? [] : [`renewed although ${holder?.writer} holds it`]
    default:
      // Its owner cancelled or deleted the task, or another job failed it.
      return []
  }
}

/** The statement began before the row was written, and decides by the clock at the beginning of its transaction: a little earlier. */
const hasExpired = ({ before, at }: JobChange): boolean =>
  before?.lease_expires_at != null && before.lease_expires_at <= at

const movesLease = ({ before, after }: JobChange): boolean =>
  before?.lease_expires_at?.getTime() !== after?.lease_expires_at?.getTime()
