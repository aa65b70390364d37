import { createServer, type Server } from 'node:http'
import type { Express } from 'express'
import type { Logger } from 'winston'

/** How long requests that are under way may take to end after SIGTERM: Cloud Run sends SIGKILL after 10 s. */
const DRAIN_SECONDS = 8
const SWEEP_MILLIS = 100
/**
 * Longer than Google's front ends keep an idle connection (600 s): the side that reuses it must be the one that closes it, or a
 * request can meet a connection that is just closing (https://cloud.google.com/load-balancing/docs/https#timeouts_and_retries).
 */
const KEEP_ALIVE_SECONDS = 620

/**
 * Serves `app` until SIGTERM or SIGINT. Then: `stopping` is aborted, so that work can stop; no new connections; open requests
 * get DRAIN_SECONDS to end; `close` releases what the service holds; the process exits by itself.
 */
export const serve = async (options: {
  app: Express
  port: number
  logger: Logger
  stopping: AbortController
  close: () => Promise<void>
}): Promise<void> => {
  const { app, port, logger, stopping } = options
  const server = createServer(app)
  server.keepAliveTimeout = KEEP_ALIVE_SECONDS * 1000
  await listen(server, port)
  const address = server.address()
  logger.info('listening', { port: typeof address === 'object' ? address?.port : port, pid: process.pid })

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
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, () => {
      server.off('error', reject)
      resolve()
    })
  })

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
