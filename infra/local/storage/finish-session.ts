import { checkClaims, claimedChecksums } from './checksums.ts'
import { digestRestOfFile, startDigest } from './digest.ts'
import type { Exchange } from './exchange.ts'
import { Refusal } from './refusal.ts'
import { answerFinished, answerProtocolError } from './session-answers.ts'
import type { Session } from './session-store.ts'
import { checkSize } from './size-limits.ts'

/**
 * Turns a session's bytes into the object and answers with it. Sizes, checksums and preconditions are checked now, the
 * last in the same step as the object appears; a session that fails one of them is over (assumed), and throws it.
 */
export const finishSession = async (exchange: Exchange, session: Session): Promise<void> => {
  const { sessions, objects } = exchange.service
  const kept = sessions.kept(session)
  if (session.expectedBytes !== undefined && session.expectedBytes !== kept.bytes)
    return answerProtocolError(exchange, 400, 'Invalid request.  The upload is shorter or longer than announced.')
  try {
    checkSize(session.limits, kept.bytes)
    const path = sessions.partPath(session)
    await digestRestOfFile(path, kept.digest)
    const digest = kept.digest.finish()
    checkClaims(digest, session.metadata, claimedChecksums(exchange.headers))
    const { md5Hash: _md5, crc32c: _crc, ...metadata } = session.metadata
    const result = objects.commit(session.bucket, session.name, { path, ...digest }, metadata, session.conditions)
    sessions.finish(session, result)
    answerFinished(exchange, { ...session, state: 'finished', result })
  } catch (error) {
    if (error instanceof Refusal) sessions.end(session)
    else kept.digest = startDigest()
    throw error
  }
}
