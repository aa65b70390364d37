import { listLiveSessions } from '@reelway/shared/db/sessions/list-live.ts'
import type { Dependencies } from '../dependencies.ts'
import type { EventStream } from './open-event-stream.ts'

/** A stream is ended by us after this long at most, before Cloud Run does it in the middle of an event (infra/gcp/run/web.yaml). */
export const STREAM_SECONDS = 600
/** Not all that began together end together. */
const SHORTEST_SHARE = 0.8
/** Proxies and clients take a connection that is silent for longer for dead; some proxies after 30 s. */
const BEAT_SECONDS = 15
/** Whoever takes nothing for so long is gone, or does not read. */
const PATIENCE_SECONDS = 60

export type StreamOwner = { userId: string; sessionId: string | undefined }

/** Looks after a stream until the function that comes back is called. */
export type KeepStream = (stream: EventStream, owner: StreamOwner) => () => void

/**
 * Looks after open streams: shows that they live, and ends those that are old, whose client does not read, whose session has ended, and
 * all when the service stops.
 */
export const keepStreams = ({
  db,
  changes,
  logger,
  stopping,
}: Pick<Dependencies, 'db' | 'changes' | 'logger' | 'stopping'>): KeepStream => {
  const kept = new Map<EventStream, StreamOwner & { endsAt: number }>()
  let beat: NodeJS.Timeout | undefined

  const tend = (): void => {
    const now = performance.now()
    for (const [stream, { endsAt }] of kept) {
      if (stream.blockedMillis() > PATIENCE_SECONDS * 1000) stream.cut()
      else if (now > endsAt) stream.close()
      else stream.beat()
    }
    void endLoggedOut(undefined)
  }
  const endLoggedOut = async (userId: string | undefined): Promise<void> => {
    const concerned = [...kept].filter(([, owner]) => userId === undefined || owner.userId === userId)
    const ids = new Set(concerned.flatMap(([, { sessionId }]) => sessionId ?? []))
    try {
      const live = await listLiveSessions(db, [...ids])
      for (const [stream, { sessionId }] of concerned) {
        if (sessionId !== undefined && !live.has(sessionId)) stream.close()
      }
    } catch (err) {
      logger.warn('sessions of open streams could not be looked at: it is tried again', { err })
    }
  }
  changes.watchSessions((userId) => void endLoggedOut(userId))
  stopping.addEventListener('abort', () => {
    for (const stream of kept.keys()) stream.close()
  })

  return (stream, owner) => {
    const share = SHORTEST_SHARE + (1 - SHORTEST_SHARE) * Math.random()
    kept.set(stream, { ...owner, endsAt: performance.now() + STREAM_SECONDS * 1000 * share })
    beat ??= setInterval(tend, BEAT_SECONDS * 1000)
    if (stopping.aborted) stream.close()
    return () => {
      kept.delete(stream)
      if (kept.size > 0) return
      clearInterval(beat)
      beat = undefined
    }
  }
}
