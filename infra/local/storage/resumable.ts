import { parseContentRange } from './content-range.ts'
import { answer, type Exchange } from './exchange.ts'
import { finishSession } from './finish-session.ts'
import { keepBody } from './keep-body.ts'
import { Refusal } from './refusal.ts'
import { methodNotAllowed } from './refusals.ts'
import { answerFinished, answerIncomplete, answerProtocolError } from './session-answers.ts'
import type { Session, SessionStore } from './session-store.ts'

/**
 * A request to a session URI (docs: "Perform resumable uploads"): PUT adds bytes, asks for what is kept, or finishes;
 * DELETE cancels. The URI is the credential: nothing is signed. Throws the refusals of the size, checksum and
 * precondition checks.
 *
 * Two writers at once: the later one is the client that came back, so the earlier one is interrupted and what it
 * brought is kept as if its connection had broken (assumed; the service documents only that one must not do it).
 */
export const handleSession = async (exchange: Exchange, id: string): Promise<void> => {
  const { sessions } = exchange.service
  let session = liveSession(sessions, id)
  if (exchange.method !== 'PUT' && exchange.method !== 'DELETE') throw methodNotAllowed()
  while (session.state === 'open') {
    const { writer } = sessions.kept(session)
    if (writer === undefined) break
    writer.interrupt()
    await writer.done
    session = liveSession(sessions, id)
  }
  if (session.state === 'finished') {
    // A client that never saw the answer asks again, or sends its last chunk again: it gets the answer.
    if (exchange.method !== 'PUT') throw sessionGone()
    return answerFinished(exchange, session)
  }
  if (exchange.method === 'DELETE') {
    sessions.end(session)
    return answer(exchange, 499, {}, '')
  }
  const kept = sessions.kept(session)
  const { promise, resolve } = Promise.withResolvers<void>()
  kept.writer = { interrupt: () => void exchange.request.destroy(), done: promise }
  try {
    await handlePut(exchange, session)
  } finally {
    kept.writer = undefined
    resolve()
  }
}

/** The session of an upload_id. Throws 404 when there never was one, 410 when it is over without a result. */
export const liveSession = (sessions: SessionStore, id: string): Session => {
  const session = sessions.find(id)
  if (session === undefined) throw noSuchSession()
  if (session === 'gone') throw sessionGone()
  return session
}

const handlePut = async (exchange: Exchange, session: Session): Promise<void> => {
  const range = parseContentRange(exchange.headers['content-range'])
  if (range.kind === 'malformed') return answerProtocolError(exchange, 400, 'Failed to parse Content-Range header.')
  const { sessions } = exchange.service
  if (range.kind === 'status') {
    const isWhole = range.total === sessions.kept(session).bytes
    return isWhole ? finishSession(exchange, session) : answerIncomplete(exchange, sessions.kept(session).bytes)
  }
  const outcome = await keepBody(exchange, session, range.kind === 'whole' ? { kind: 'bytes', first: 0 } : range)
  switch (outcome.kind) {
    case 'complete':
      return finishSession(exchange, session)
    case 'incomplete':
      return answerIncomplete(exchange, sessions.kept(session).bytes)
    case 'refused':
      return answerProtocolError(exchange, outcome.status, outcome.text)
    default:
      return outcome satisfies never
  }
}

const sessionGone = (): Refusal =>
  new Refusal({
    status: 410,
    code: 'NoSuchUpload',
    reason: 'gone',
    message: 'The requested upload is no longer available.',
  })

const noSuchSession = (): Refusal =>
  new Refusal({ status: 404, code: 'NoSuchUpload', reason: 'notFound', message: 'The requested upload was not found.' })
