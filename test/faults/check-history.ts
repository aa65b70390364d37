import { checkJob } from './check-job.ts'
import { checkTask } from './check-task.ts'
import type { Change, JobChange } from './history.ts'

/**
 * Proves from what was written to jobs, tasks, parts and outputs that each job had at most one holder whose writes counted, that what
 * was settled never changed back, that parts were counted right and assembled once, and that every result is that of the holder.
 * Returns what is wrong, one sentence each; nothing when all is well.
 * @param history in the order of seq. The order of two changes of one row is the order in which they were made
 * @param strangers writers that may do anything: the test itself, which moves the ends of leases
 */
export const checkHistory = (history: readonly Change[], strangers: readonly string[]): string[] => {
  const jobs = Map.groupBy(
    history.filter((it) => it.table === 'jobs'),
    rowId,
  )
  const tasks = Map.groupBy(history, taskIdOf)
  const tokens = new Map<string, string>()
  return [
    ...[...jobs].flatMap(([id, changes]) => checkJob(id, changes, strangers).concat(reusedTokens(changes, tokens))),
    ...[...tasks].flatMap(([id, changes]) => checkTask(id, changes)),
  ]
}

const rowId = ({ before, after }: JobChange): string => (after ?? before)?.id ?? ''

const taskIdOf = (change: Change): string => {
  if (change.table === 'tasks') return (change.after ?? change.before)?.id ?? ''
  return (change.after ?? change.before)?.task_id ?? ''
}

const reusedTokens = (changes: readonly JobChange[], tokens: Map<string, string>): string[] =>
  changes.flatMap(({ before, after, seq }) => {
    const token = after?.lease_token ?? undefined
    if (token === undefined || token === before?.lease_token) return []
    const earlier = tokens.get(token)
    tokens.set(token, `${seq}`)
    return earlier === undefined ? [] : [`#${seq}: the lease token ${token} was given out before, in #${earlier}`]
  })
