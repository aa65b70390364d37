import { type ChangePosition, listTaskChanges, type TaskChanges } from '@reelway/shared/db/tasks/list-changes.ts'
import type { OutputRow, TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { toTaskResource } from '../tasks/task-resource.ts'
import { type EventStream, type LiveEvent, RELOAD } from './open-event-stream.ts'

/** One look for so much time, whatever happens meanwhile: nobody sees a difference, and progress comes once a second. */
const QUIET_MILLIS = 250
const RETRY_MILLIS = 1_000

const READY: LiveEvent = { key: 'ready', name: 'ready', data: '{}' }

/** What the streams of one user are told, read once for all of them. */
export type TaskFeed = {
  /**
   * Makes a stream hear of every change from now on, and first of those since `since`; 'reload' if these cannot be told. `open` is
   * given how far the client is; it gives no stream when the client has gone.
   */
  join(since: ChangePosition | undefined, open: (position: ChangePosition) => EventStream | undefined): Promise<void>
  leave(stream: EventStream): void
  close(): void
}

/** Follows the tasks of a user until it is closed. Reads that fail are repeated: nothing is lost, only later. */
export const openTaskFeed = (
  { db, changes, logger }: Pick<Dependencies, 'db' | 'changes' | 'logger'>,
  sign: (download: Download) => Promise<SignedDownload>,
  userId: string,
): TaskFeed => {
  const streams = new Set<EventStream>()
  let position: ChangePosition | undefined
  let seen = new Map<string, number>()
  let isFailing = false
  let readAt = 0
  let timer: NodeJS.Timeout | undefined

  // One after the other: what is read later is told later.
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(work)
    turn = result.catch(() => undefined)
    return result
  }

  const catchUp = async (): Promise<void> => {
    if (streams.size === 0 || position === undefined) return
    const read = await listTaskChanges(db, userId, position)
    const events = await eventsOf(read, seen, sign)
    for (const stream of streams) stream.push(events, read.position)
    position = read.position
    // What is not among these cannot come again.
    seen = new Map(changedIn(read).map(({ task }) => [task.id, task.version]))
    isFailing = false
  }
  const schedule = (millis: number): void => {
    timer ??= setTimeout(() => {
      timer = undefined
      readAt = performance.now()
      inTurn(catchUp).catch((err: unknown) => {
        if (!isFailing) logger.warn('changes of tasks could not be read: they are told later', { userId, err })
        isFailing = true
        schedule(RETRY_MILLIS)
      })
    }, millis)
  }
  const unwatch = changes.watchTasks(userId, () => schedule(Math.max(0, readAt + QUIET_MILLIS - performance.now())))

  return {
    join: (since, open) =>
      inTurn(async () => {
        const read = await listTaskChanges(db, userId, since)
        const events = await eventsOf(read, new Map(), sign)
        const stream = open(since ?? read.position)
        if (stream === undefined) return
        position ??= read.position
        streams.add(stream)
        stream.push([READY, ...events], read.position)
      }),
    leave: (stream) => void streams.delete(stream),
    close: () => {
      clearTimeout(timer)
      unwatch()
    },
  }
}

type Changed = { task: TaskRow; outputs: OutputRow[] }

const changedIn = (read: TaskChanges): Changed[] => (read.kind === 'known' ? read.changed : [])

const eventsOf = (
  read: TaskChanges,
  seen: Map<string, number>,
  sign: (download: Download) => Promise<SignedDownload>,
): Promise<LiveEvent[]> =>
  read.kind === 'unknown'
    ? Promise.resolve([RELOAD])
    : Promise.all(
        read.changed.filter(({ task }) => seen.get(task.id) !== task.version).map((changed) => eventOf(changed, sign)),
      )

const eventOf = async (
  { task, outputs }: Changed,
  sign: (download: Download) => Promise<SignedDownload>,
): Promise<LiveEvent> =>
  task.deletedAt === null
    ? { key: task.id, name: 'task', data: JSON.stringify(await toTaskResource(task, outputs, sign)) }
    : { key: task.id, name: 'task-removed', data: JSON.stringify({ id: task.id }) }
