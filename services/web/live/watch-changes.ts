import type { DatabaseConnection } from '@reelway/shared/db/connect.ts'
import { listen } from '@reelway/shared/db/listen.ts'
import type { Logger } from 'winston'

/** While nothing can be heard, everybody looks for themselves so often. */
const POLL_MILLIS = 1_000
/** Nobody waits for so long before the connection is given back: those who wait come and go. */
const IDLE_MILLIS = 30_000

/** Tells who waits for something in the database that it may have changed. */
export type ChangeWatch = {
  /** Calls `wake` when tasks of the user may have changed, until the function that comes back is called. */
  watchTasks(userId: string, wake: () => void): () => void
  /** Calls `wake` when sessions of a user may have ended; of all users whenever something may have been missed. */
  watchSessions(wake: (userId: string | undefined) => void): void
  close(): Promise<void>
}

/**
 * Listens to PostgreSQL over one connection, which is open while somebody watches tasks. While it cannot be had, watchers are woken once a
 * second; as soon as it is there again, once more, for what was missed.
 */
export const watchChanges = (newClient: DatabaseConnection['newClient'], logger: Logger): ChangeWatch => {
  const ofTasks = new Map<string, Set<() => void>>()
  const ofSessions = new Set<(userId: string | undefined) => void>()
  let listener: ReturnType<typeof listen> | undefined
  let poll: NodeJS.Timeout | undefined
  let idle: NodeJS.Timeout | undefined

  const wakeAll = () => {
    for (const wakers of ofTasks.values()) for (const wake of [...wakers]) wake()
    for (const wake of ofSessions) wake(undefined)
  }
  const startListening = () => {
    poll = setInterval(wakeAll, POLL_MILLIS)
    listener = listen(newClient, ['task_changes', 'session_ends'], {
      onNotice: (channel, userId) => {
        if (channel === 'session_ends') for (const wake of ofSessions) wake(userId)
        else for (const wake of [...(ofTasks.get(userId) ?? [])]) wake()
      },
      onUp: () => {
        clearInterval(poll)
        wakeAll()
      },
      onDown: (err) => {
        logger.warn('changes are not heard of, but looked for', { err })
        clearInterval(poll)
        poll = setInterval(wakeAll, POLL_MILLIS)
      },
    })
  }
  const stopListening = async () => {
    clearTimeout(idle)
    const closed = listener?.close()
    listener = undefined
    clearInterval(poll)
    await closed
  }

  return {
    watchTasks: (userId, wake) => {
      clearTimeout(idle)
      if (listener === undefined) startListening()
      const wakers = ofTasks.get(userId) ?? new Set()
      ofTasks.set(userId, wakers.add(wake))
      return () => {
        wakers.delete(wake)
        if (wakers.size > 0 || ofTasks.get(userId) !== wakers) return
        ofTasks.delete(userId)
        if (ofTasks.size > 0) return
        clearTimeout(idle)
        idle = setTimeout(() => void stopListening(), IDLE_MILLIS).unref()
      }
    },
    watchSessions: (wake) => void ofSessions.add(wake),
    close: stopListening,
  }
}
