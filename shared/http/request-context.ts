import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes, randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'

/** What every log line of one request carries, and what is passed on with the messages that it publishes. */
export type RequestContext = {
  requestId: string
  /** 32 hexadecimal digits */
  traceId: string
  /** 16 hexadecimal digits: the caller's span */
  spanId: string
  sampled: boolean
}

const storage = new AsyncLocalStorage<RequestContext>()

/** The context of the request that is being answered, or undefined outside of one. */
export const currentContext = (): RequestContext | undefined => storage.getStore()

/** Runs `work` in a context of its own: the trace of `traceparent` goes on when it is a valid one, else a new trace begins. */
export const runInContext = <Result>(traceparent: string | undefined, work: () => Result): Result =>
  storage.run(contextFrom(traceparent), work)

/** The `traceparent` of the current context (W3C Trace Context, level 1), to be sent along with messages. */
export const currentTraceparent = (): string | undefined => {
  const context = currentContext()
  if (context === undefined) return undefined
  return `00-${context.traceId}-${context.spanId}-${context.sampled ? '01' : '00'}`
}

/** Gives every request its context, and the answer its `x-request-id`. */
export const requestContext: RequestHandler = (request, response, next) => {
  runInContext(request.get('traceparent'), () => {
    response.set('x-request-id', currentContext()?.requestId)
    next()
  })
}

// https://www.w3.org/TR/trace-context/#traceparent-header; Cloud Run's front end sends it.
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/

const contextFrom = (traceparent: string | undefined): RequestContext => {
  const match = TRACEPARENT.exec(traceparent ?? '')
  const [, traceId, spanId, flags] = match ?? []
  return {
    requestId: randomUUID(),
    traceId: traceId ?? randomBytes(16).toString('hex'),
    spanId: spanId ?? randomBytes(8).toString('hex'),
    sampled: flags !== undefined && (Number.parseInt(flags, 16) & 1) === 1,
  }
}
