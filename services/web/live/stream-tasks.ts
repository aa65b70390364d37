import { type ChangePosition, parsePosition } from '@reelway/shared/db/tasks/list-changes.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { Request } from 'express'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { keepStreams } from './keep-streams.ts'
import { openEventStream } from './open-event-stream.ts'
import { openTaskFeed, type TaskFeed } from './open-task-feed.ts'

/** Of one user on one instance: tabs and programs. */
const MOST_OF_A_USER = 20
/** Streams end after some minutes at the latest, but a tab that is closed makes room at once. */
const RETRY_AFTER_SECONDS = 60

/**
 * GET /api/tasks/events: Server-Sent Events of all tasks of the user. First 'ready'; then 'task' with the whole task whenever one has
 * changed, 'task-removed' with its id, or 'reload' when what was missed cannot be told. With Last-Event-ID it goes on from there.
 */
export const streamTasks = (deps: Dependencies, sign: (download: Download) => Promise<SignedDownload>): UserHandler => {
  const keep = keepStreams(deps)
  const enter = feedEntrance((userId) => openTaskFeed(deps, sign, userId))

  return async (request, response, userId, sessionId) => {
    if (request.method === 'HEAD') return void response.type('text/event-stream').end()
    if (response.destroyed) return
    response.set('retry-after', String(RETRY_AFTER_SECONDS))
    const { feed, exit } = enter(userId)
    response.removeHeader('retry-after')
    const undo = [exit]
    response.once('close', () => {
      for (const step of undo.toReversed()) step()
    })
    await feed.join(lastEventId(request), (position) => {
      if (response.destroyed) return undefined
      const stream = openEventStream(response, position)
      undo.push(keep(stream, { userId, sessionId }), () => feed.leave(stream))
      return stream
    })
  }
}

/** One feed for all streams of a user, from the first one to the last. Throws too_many_streams when MOST_OF_A_USER are in. */
const feedEntrance = (open: (userId: string) => TaskFeed) => {
  const feeds = new Map<string, { feed: TaskFeed; streams: number }>()
  return (userId: string): { feed: TaskFeed; exit: () => void } => {
    const shared = feeds.get(userId) ?? { feed: open(userId), streams: 0 }
    if (shared.streams >= MOST_OF_A_USER) throw reelwayError('too_many_streams', { limit: MOST_OF_A_USER })
    shared.streams += 1
    feeds.set(userId, shared)
    const exit = () => {
      shared.streams -= 1
      if (shared.streams > 0) return
      feeds.delete(userId)
      shared.feed.close()
    }
    return { feed: shared.feed, exit }
  }
}

const lastEventId = (request: Request): ChangePosition | undefined => {
  const id = request.get('last-event-id')
  return id === undefined || id === '' ? undefined : parsePosition(id)
}
