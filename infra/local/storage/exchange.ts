import type { IncomingMessage, ServerResponse } from 'node:http'
import type { BucketStore } from './bucket-store.ts'
import type { FaultAction, FaultRegister } from './faults.ts'
import type { ObjectStore } from './object-store.ts'
import { parseRequestTarget, type RequestTarget } from './request-target.ts'
import type { SessionStore } from './session-store.ts'

/** The running service: its state, its keys, its clock. */
export type StorageService = {
  /** Scheme, host and port under which it is reached. */
  origin: string
  objects: ObjectStore
  buckets: BucketStore
  sessions: SessionStore
  faults: FaultRegister
  signers: ReadonlyMap<string, string>
  now: () => Date
}

/** One request and its answer. */
export type Exchange = {
  service: StorageService
  request: IncomingMessage
  response: ServerResponse
  method: string
  target: RequestTarget
  /** Lower-case names; values read as UTF-8, which Node hands over as Latin-1. */
  headers: Readonly<Record<string, string | undefined>>
  fault: FaultAction | undefined
}

/** Reads the head of a request. Throws InvalidArgument for a target that is not validly encoded. */
export const openExchange = (
  service: StorageService,
  request: IncomingMessage,
  response: ServerResponse,
): Exchange => ({
  service,
  request,
  response,
  method: request.method ?? 'GET',
  target: parseRequestTarget(request.url ?? '/'),
  headers: Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Buffer.from(Array.isArray(value) ? value.join(', ') : (value ?? ''), 'latin1').toString('utf8'),
    ]),
  ),
  fault: undefined,
})

/** Sends a whole answer. Under the fault "lose-answer" the connection breaks in its place. */
export const answer = (
  exchange: Exchange,
  status: number,
  headers: Record<string, string | string[]>,
  body: string,
): void => {
  const { response, request, fault } = exchange
  if (fault?.kind === 'lose-answer') {
    request.socket.destroy()
    return
  }
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) })
  response.end(exchange.method === 'HEAD' ? undefined : body)
}

/** Sends a JSON answer. */
export const answerJson = (exchange: Exchange, status: number, body: unknown): void =>
  answer(exchange, status, { 'content-type': 'application/json; charset=UTF-8' }, JSON.stringify(body))
