import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { names } from '@reelway/local/cloud-resources.ts'
import { freePort } from '@reelway/local/free-port.ts'
import { loadKeys } from '@reelway/local/keys.ts'
import { prepareDatabase } from '@reelway/local/prepare-database.ts'
import { webEnvironment } from '@reelway/local/service-environment.ts'
import { connectDatabase } from '@reelway/shared/db/connect.ts'
import type { Database } from '@reelway/shared/db/schema.ts'
import { openSession } from '@reelway/shared/db/sessions/open.ts'
import { signAccessToken } from '@reelway/web/accounts/access-token.ts'
import type { Kysely } from 'kysely'
import { memoryOf } from '../acceptance/watch-stack.ts'
import { startDatabaseServer } from '../support/database-server.ts'
import { type EventReader, readEvents } from '../support/read-events.ts'
import { newTask, newUser } from '../support/rows.ts'
import { median, reportRatio } from './report.ts'

const STREAMS_OF_A_USER = 4
const CHANGES_OF_A_ROUND = 20
/** What a page would do without streams, as seldom as its user would bear. */
const POLL_MILLIS = 2_000
const SETTLE_MILLIS = 3_000
const MAIN = fileURLToPath(new URL('../../services/web/main.ts', import.meta.url))

type Viewer = { token: string; taskId: string; readers: EventReader[] }

/**
 * So many open streams on one process of web: what each takes of its memory, and how long after a change is committed it has arrived, against
 * a client that asks every two seconds.
 */
export const benchStreams = async (directory: string, rounds: number, count: number): Promise<void> => {
  const keys = await loadKeys(join(directory, 'keys'), names.project)
  const server = await startDatabaseServer()
  const databaseUrl = await prepareDatabase(server.url, 'reelway')
  const nowhere = '127.0.0.1:9'
  const neighbours = {
    databaseUrl,
    storageUrl: `http://${nowhere}`,
    pubsubHost: nowhere,
    certsUrl: `http://${nowhere}/`,
  }
  const port = await freePort()
  const web = spawn(process.execPath, [MAIN], {
    env: webEnvironment(keys, neighbours, port),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(web, 'exit')
  const database = await connectDatabase(
    { DATABASE_URL: databaseUrl, DB_NAME: 'reelway', DB_IP_TYPE: 'PRIVATE', DB_POOL_SIZE: 2 },
    () => undefined,
  )
  const readers: EventReader[] = []
  try {
    const url = `http://127.0.0.1:${port}`
    while (!(await fetch(`${url}/ready`).catch(() => undefined))?.ok) await sleep(100)
    const [kid = '', secret = ''] = keys.jwtKey.split(':')
    const current = { kid, secret: Buffer.from(secret, 'base64') }
    const open = async (): Promise<Viewer> => {
      const userId = await newUser(database.db)
      const sessionId = await openSession(database.db, userId, randomBytes(32))
      const token = signAccessToken({ current, previous: undefined }, { userId, sessionId })
      const { id } = await newTask(database.db, userId, { status: 'processing' })
      const own = await Promise.all(Array.from({ length: STREAMS_OF_A_USER }, () => openStream(url, token)))
      readers.push(...own)
      return { token, taskId: id, readers: own }
    }
    // The first one loads what all of them need.
    const viewers = [await open()]
    await sleep(SETTLE_MILLIS)
    const before = await memoryOf(web.pid ?? 0, 'VmRSS')
    while (readers.length < count) viewers.push(await open())
    await sleep(SETTLE_MILLIS)
    const grown = (await memoryOf(web.pid ?? 0, 'VmRSS')) - before
    console.log(
      `${readers.length} streams: ${(grown / 1024 / (readers.length - STREAMS_OF_A_USER)).toFixed(1)} KB each`,
    )
    await compareDelivery(database.db, url, viewers, rounds)
  } finally {
    await Promise.all(readers.map((reader) => reader.close()))
    web.kill('SIGTERM')
    await ended
    await database.close()
    await server.stop()
  }
}

const openStream = async (url: string, token: string): Promise<EventReader> => {
  const reader = await readEvents(`${url}/api/tasks/events`, { authorization: `Bearer ${token}` })
  await reader.next()
  return reader
}

const compareDelivery = async (db: Kysely<Database>, url: string, viewers: Viewer[], rounds: number): Promise<void> => {
  const pairs: { ours: number; peer: number }[] = []
  for (let change = 1; change <= rounds * CHANGES_OF_A_ROUND; change += 1) {
    const viewer = viewers[change % viewers.length]
    const [reader] = viewer?.readers ?? []
    if (viewer === undefined || reader === undefined) throw new Error('nobody watches')
    const polled = poll(url, viewer, change)
    // Somewhere between two polls.
    await sleep(POLL_MILLIS * Math.random())
    await db.updateTable('tasks').set({ sizeBytes: change }).where('id', '=', viewer.taskId).execute()
    const committedAt = performance.now()
    await reader.next(({ data }) => sizeIn(data) === change)
    const ours = performance.now() - committedAt
    pairs.push({ ours, peer: (await polled) - committedAt })
  }
  reportRatio(`change to delivery: stream / GET every ${POLL_MILLIS / 1000} s`, pairs, 'ms')
  for (const side of ['ours', 'peer'] as const) {
    const sorted = pairs.map((pair) => pair[side]).toSorted((a, b) => a - b)
    const high = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN
    console.log(`  ${side}: median ${median(sorted).toFixed(1)} ms, p99 ${high.toFixed(1)} ms`)
  }
}

/** When a client that asks now and then has heard of the change. */
const poll = async (url: string, { token, taskId }: Viewer, change: number): Promise<number> => {
  for (;;) {
    const response = await fetch(`${url}/api/tasks/${taskId}`, { headers: { authorization: `Bearer ${token}` } })
    if (sizeIn(await response.json()) === change) return performance.now()
    await sleep(POLL_MILLIS)
  }
}

const sizeIn = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'sizeBytes' in data ? data.sizeBytes : undefined
