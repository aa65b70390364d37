import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { names } from '@reelway/local/cloud-resources.ts'
import { freePort } from '@reelway/local/free-port.ts'
import { loadKeys } from '@reelway/local/keys.ts'
import { prepareDatabase } from '@reelway/local/prepare-database.ts'
import { batchEnvironment, webEnvironment } from '@reelway/local/service-environment.ts'
import { startDatabaseServer } from '../support/database-server.ts'
import { layPlainTree } from './plain-tree.ts'
import { reportRatio } from './report.ts'

/** The last commit before starts were looked at: Node ran the services' sources, and listened when all was loaded. */
const PEER_COMMIT = 'db2fb15'
const POLL_MILLIS = 2
const GIVE_UP_MILLIS = 60_000

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * From the start of the process to the first answer of /health, and to the first 200 of /ready: the files of the image against
 * the plain start of PEER_COMMIT, and of today's sources.
 */
export const benchColdStart = async (directory: string, rounds: number): Promise<void> => {
  const peerTree = join(directory, 'peer')
  await layPlainTree(root, PEER_COMMIT, peerTree)
  const keys = await loadKeys(join(directory, 'keys'), names.project)
  const server = await startDatabaseServer()
  try {
    const nowhere = '127.0.0.1:9'
    const neighbours = {
      databaseUrl: await prepareDatabase(server.url, 'reelway'),
      storageUrl: `http://${nowhere}`,
      pubsubHost: nowhere,
      certsUrl: `http://${nowhere}/`,
    }
    for (const service of ['web', 'batch'] as const) {
      const image = join(directory, 'image', service)
      const assemble = join(root, 'infra/gcp/images/assemble.ts')
      await promisify(execFile)(process.execPath, [assemble, service, image])
      const environment =
        service === 'web' ? webEnvironment(keys, neighbours, 0) : batchEnvironment(keys, neighbours, directory)
      const main = `services/${service}/main.ts`
      const starts = {
        image: ['--enable-source-maps', join(image, 'main.js')],
        source: [join(root, main)],
        peer: [join(peerTree, main)],
      }
      const seconds: Record<keyof typeof starts, Start[]> = { image: [], source: [], peer: [] }
      for (let round = 0; round < rounds; round += 1) {
        for (const name of ['image', 'source', 'peer'] as const) {
          seconds[name].push(await timeStart(starts[name], environment))
        }
      }
      const pairs = (ours: Start[], figure: keyof Start) =>
        ours.map((start, index) => ({ ours: start[figure], peer: seconds.peer[index]?.[figure] ?? Number.NaN }))
      const target = service === 'web' ? 0.35 : undefined
      reportRatio(`${service}: image to /health / plain ${PEER_COMMIT}`, pairs(seconds.image, 'health'), 's', target)
      reportRatio(`${service}: image to /ready / plain ${PEER_COMMIT}`, pairs(seconds.image, 'ready'), 's')
      reportRatio(`${service}: source to /health / plain ${PEER_COMMIT}`, pairs(seconds.source, 'health'), 's')
      reportRatio(`${service}: source to /ready / plain ${PEER_COMMIT}`, pairs(seconds.source, 'ready'), 's')
    }
  } finally {
    await server.stop()
  }
}

/** seconds from the start of the process */
type Start = { health: number; ready: number }

const timeStart = async (args: string[], environment: Record<string, string>): Promise<Start> => {
  const port = await freePort()
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, {
    env: { ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  try {
    const [health, ready] = await Promise.all(
      ['/health', '/ready'].map(async (path) => (await firstAnswer(`http://127.0.0.1:${port}${path}`)) - startedAt),
    )
    return { health: (health ?? 0) / 1000, ready: (ready ?? 0) / 1000 }
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

/** When the address answered 200 for the first time. */
const firstAnswer = async (url: string): Promise<number> => {
  const giveUp = AbortSignal.timeout(GIVE_UP_MILLIS)
  while (true) {
    giveUp.throwIfAborted()
    const status = await fetch(url, { signal: giveUp, headers: { connection: 'close' } }).then(
      (response) => response.status,
      () => undefined,
    )
    if (status === 200) return performance.now()
    await setTimeout(POLL_MILLIS)
  }
}
