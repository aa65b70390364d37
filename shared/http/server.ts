import type { Server } from 'node:http'
import type { Express } from 'express'
import type { Logger } from 'winston'
import { answerUnreadable } from './answer-unreadable.ts'
import { cutOffSlowReaders } from './cut-off-slow-readers.ts'
import type { EarlyServer } from './listen-early.ts'

/** How long requests that are under way may take to end after SIGTERM: Cloud Run sends SIGKILL after 10 s. */
const DRAIN_SECONDS = 8
const SWEEP_MILLIS = 100
/** The largest answer, a hundred tasks with their URLs, is some 300 KB: a client that takes longer does not read. */
const READING_SECONDS = 60

/**
 * Serves `app` on a server that listens already, until SIGTERM or SIGINT. Then: `stopping` is aborted, so that work can stop;
 * no new connections; open requests get DRAIN_SECONDS to end; `close` releases what the service holds; the process exits by
 * itself.
 */
export const serve = (options: {
  app: Express
  early: EarlyServer
  logger: Logger
  stopping: AbortController
  close: () => Promise<void>
}): void => {
  const { app, early, logger, stopping } = options
  const { server } = early

  let draining = false
  const stop = (signal: NodeJS.Signals) => {
    if (draining) return
    draining = true
    logger.info('stopping', { signal })
    stopping.abort(new Error(`stopped by ${signal}`))
    drain(server)
      .then(options.close)
      .catch((error: unknown) => {
        logger.error('the shut-down did not end cleanly', { err: error })
        process.exitCode = 1
      })
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  answerUnreadable(server)
  cutOffSlowReaders(server, READING_SECONDS)
  early.handOver(app)
  const address = server.address()
  logger.info('listening', { port: typeof address === 'object' ? address?.port : address, pid: process.pid })
}

const drain = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), DRAIN_SECONDS * 1000)
    // close() ends what is idle now; a connection that becomes idle later would be kept for its keep-alive time.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MILLIS)
    server.close(() => {
      clearTimeout(force)
      clearInterval(sweep)
      resolve()
    })
  })
