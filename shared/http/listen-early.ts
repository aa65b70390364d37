import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'

/** Cloud Run's own default, https://cloud.google.com/run/docs/container-contract#port */
export const DEFAULT_PORT = 8080
/**
 * Longer than Google's front ends keep an idle connection (600 s): the side that reuses it must be the one that closes it, or a
 * request can meet a connection that is just closing (https://cloud.google.com/load-balancing/docs/https#timeouts_and_retries).
 */
const KEEP_ALIVE_SECONDS = 620
/**
 * For the headers of a request, and for all of it: ours are smaller than 64 KB, Pub/Sub's pushes come from within Google's network.
 * How long the answer takes does not count. Node's own 60 s and 300 s would let a handful of slow senders hold what 80 requests need.
 */
const HEADERS_SECONDS = 15
const REQUEST_SECONDS = 30
/** How often Node looks for those who took longer. */
const LOOK_SECONDS = 2
/** Of those who are connected; Cloud Run sends at most 500 requests at a time (infra/gcp/run/web.yaml). Six times as many are a flood. */
const MOST_CONNECTIONS = 3_000
/** Turns of the event loop in which a connection is accepted, its request read, and the answer written. */
const TURNS_TO_ANSWER = 4

export type EarlyServer = {
  server: Server
  /** From now on `app` answers, first what has waited; stopping is the caller's from here on. */
  handOver(app: RequestListener): void
}

/**
 * Listens before the service is loaded, which takes a second or more on a small instance: /health is answered at once,
 * everything else waits for the app. Until then SIGTERM and SIGINT end the process, since there is nothing to finish.
 * A port that is none is not listened on: the configuration's check names it together with all that is wrong.
 * Imports nothing but Node itself.
 */
export const listenEarly = async (givenPort: string | undefined): Promise<EarlyServer> => {
  const waiting: [IncomingMessage, ServerResponse][] = []
  const answerWhileLoading: RequestListener = (request, response) => {
    if (request.method === 'GET' && request.url === '/health') {
      response.setHeader('content-type', 'application/json; charset=utf-8').end('{"status":"ok"}')
    } else {
      waiting.push([request, response])
    }
  }
  const times = {
    headersTimeout: HEADERS_SECONDS * 1000,
    requestTimeout: REQUEST_SECONDS * 1000,
    connectionsCheckingInterval: LOOK_SECONDS * 1000,
    keepAliveTimeout: KEEP_ALIVE_SECONDS * 1000,
  }
  const server = createServer(times, answerWhileLoading)
  server.maxConnections = MOST_CONNECTIONS

  const stop = () => process.exit(0)
  process.on('SIGTERM', stop).on('SIGINT', stop)
  const port = Number(givenPort || DEFAULT_PORT)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) await listen(server, port)

  return {
    server,
    handOver: (app) => {
      process.off('SIGTERM', stop).off('SIGINT', stop)
      server.off('request', answerWhileLoading).on('request', app)
      for (const [request, response] of waiting) {
        // Whoever has gone meanwhile (a start-up probe waits a second) wants no answer any more.
        if (!response.destroyed) app(request, response)
      }
    },
  }
}

/**
 * Loads one piece after the other. Loading keeps the only thread busy: what has come in meanwhile is answered after each piece,
 * not only after the last one.
 */
export const loadInPieces = async (pieces: (() => Promise<unknown>)[]): Promise<void> => {
  for (const load of pieces) {
    await load()
    for (let turn = 0; turn < TURNS_TO_ANSWER; turn += 1) await setImmediate()
  }
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, () => {
      server.off('error', reject)
      resolve()
    })
  })
