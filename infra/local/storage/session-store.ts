import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type RunningDigest, startDigest } from './digest.ts'
import type { ObjectMetadata } from './object-metadata.ts'
import type { ObjectRecord } from './object-record.ts'
import type { Preconditions } from './preconditions.ts'
import type { SizeLimits } from './size-limits.ts'
import { writeJsonAtomically } from './write-atomically.ts'

/** What was said when a resumable upload was started. */
export type SessionStart = {
  api: 'json' | 'xml'
  bucket: string
  name: string
  metadata: ObjectMetadata
  conditions: Preconditions
  /** Origin header of the request that started it. */
  origin?: string
  limits?: SizeLimits
  /** X-Upload-Content-Length, bytes. */
  expectedBytes?: number
}

export type Session = SessionStart & {
  /** Unguessable: whoever has it may upload. */
  id: string
  startedAt: string
  state: 'open' | 'finished' | 'ended'
  /** What the upload became, once finished. */
  result?: ObjectRecord
}

/** An open session's bytes. */
export type Kept = {
  /** Bytes that the client need not send again. */
  bytes: number
  /** Of the first `digest.size()` bytes. */
  digest: RunningDigest
  /** The request that is writing now. */
  writer: { interrupt(): void; done: Promise<void> } | undefined
}

export type SessionStore = {
  start(start: SessionStart): Session
  /** Undefined when unknown; "gone" when cancelled, failed or over a week old. */
  find(id: string): Session | 'gone' | undefined
  /** State of an open session's bytes; the same object on every call. */
  kept(session: Session): Kept
  /** File of an open session's bytes. */
  partPath(session: Session): string
  /** Cuts the bytes down to `bytes`, as a chunk that breaks off demands. */
  keepOnly(session: Session, bytes: number): void
  finish(session: Session, result: ObjectRecord): void
  /** Cancelled by the client, or beyond repair. */
  end(session: Session): void
}

/** Bytes are kept in multiples of this until the upload is finished (docs: "Resumable uploads", chunk size). */
export const CHUNK_QUANTUM_BYTES = 256 * 1024

const LIFE_MS = 7 * 24 * 3600 * 1000 // docs: "Resumable uploads", session URIs expire after one week

/** Opens (or creates) the sessions of a directory. Bytes on disk beyond the last whole quantum are dropped, and so is all of an expired session. */
export const openSessionStore = (directory: string, now: () => Date): SessionStore => {
  const home = join(directory, 'sessions')
  mkdirSync(home, { recursive: true })
  const sessions = new Map<string, Session>()
  const keptBySession = new Map<string, Kept>()
  const partPath = (session: Session): string => join(home, `${session.id}.part`)
  const save = (session: Session): void => {
    writeJsonAtomically(join(home, `${session.id}.json`), session)
    sessions.set(session.id, session)
  }
  const isExpired = (session: Session): boolean => now().getTime() - Date.parse(session.startedAt) > LIFE_MS

  for (const file of readdirSync(home).filter((name) => name.endsWith('.json'))) {
    const session = JSON.parse(readFileSync(join(home, file), 'utf8')) as Session
    if (isExpired(session)) {
      rmSync(partPath(session), { force: true })
      rmSync(join(home, file))
      continue
    }
    // An open session without its bytes finished in the moment of a crash: its object is there.
    const isLost = session.state === 'open' && !existsSync(partPath(session))
    sessions.set(session.id, isLost ? { ...session, state: 'ended' } : session)
  }

  const store: SessionStore = {
    start(start) {
      const session: Session = {
        ...start,
        id: randomBytes(48).toString('base64url'),
        startedAt: now().toISOString(),
        state: 'open',
      }
      writeFileSync(partPath(session), '')
      save(session)
      return session
    },
    find(id) {
      const session = sessions.get(id)
      if (session === undefined) return undefined
      return session.state === 'ended' || isExpired(session) ? 'gone' : session
    },
    kept(session) {
      const known = keptBySession.get(session.id)
      if (known !== undefined) return known
      const { size } = statSync(partPath(session))
      const bytes = size - (size % CHUNK_QUANTUM_BYTES)
      if (bytes < size) truncateSync(partPath(session), bytes)
      const kept: Kept = { bytes, digest: startDigest(), writer: undefined }
      keptBySession.set(session.id, kept)
      return kept
    },
    partPath,
    keepOnly(session, bytes) {
      const kept = store.kept(session)
      truncateSync(partPath(session), bytes)
      kept.bytes = bytes
      // A digest cannot go back: what is left is summed again from the disk when the upload finishes.
      if (kept.digest.size() > bytes) kept.digest = startDigest()
    },
    finish(session, result) {
      save({ ...session, state: 'finished', result })
      keptBySession.delete(session.id)
    },
    end(session) {
      save({ ...session, state: 'ended' })
      rmSync(partPath(session), { force: true })
      keptBySession.delete(session.id)
    },
  }
  return store
}
