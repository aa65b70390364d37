import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerPreflight, type CorsPolicy, setCorsHeaders } from './cors.ts'
import { type Exchange, openExchange, type StorageService } from './exchange.ts'
import type { FaultApi } from './faults.ts'
import { handleJson } from './json-api.ts'
import { pause } from './pause.ts'
import { BrokenBody } from './receive-body.ts'
import { Refusal, refusalJson, refusalXml } from './refusal.ts'
import { handleSession } from './resumable.ts'
import { type Route, routeOf } from './route.ts'
import { handleXml } from './xml-api.ts'

/** Answers one request, whatever happens. A failure that is nobody's refusal is 500 and a line on stderr. */
export const dispatch = async (
  service: StorageService,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  service.faults.countRequest()
  // A client that goes away while it is answered is its own business.
  response.on('error', () => undefined)
  let route: Route | undefined
  let exchange: Exchange | undefined
  try {
    exchange = openExchange(service, request, response)
    route = routeOf(exchange.target)
    await handle(exchange, route)
  } catch (error) {
    fail(error, { service, request, response, method: request.method ?? 'GET', ...exchange }, route)
  } finally {
    // The rest of a body that was refused half-read: unread, it would hold up the connection's next request for ever.
    request.resume()
  }
}

const handle = async (exchange: Exchange, route: Route): Promise<void> => {
  const policy = corsPolicy(exchange.service, route)
  if (exchange.method === 'OPTIONS') return answerPreflight(exchange, policy)
  setCorsHeaders(exchange, policy)
  const struck = await strikeFault(exchange, route)
  switch (route.kind) {
    case 'json':
      return handleJson(struck, route.segments, route.isUpload)
    case 'session':
      return handleSession(struck, route.id)
    case 'xml':
      return handleXml(struck, route)
    default:
      return route satisfies never
  }
}

const corsPolicy = ({ buckets, sessions }: StorageService, route: Route): CorsPolicy => {
  const rulesOf = (name: string): CorsPolicy => {
    const bucket = buckets.list().find((candidate) => candidate.name === name)
    return bucket === undefined ? { kind: 'nobody' } : { kind: 'rules', rules: bucket.cors }
  }
  if (route.kind === 'json') return { kind: 'anyone' }
  if (route.kind === 'xml') return rulesOf(route.bucket)
  // The path of a signed URL's session names the bucket, so a page is told when its session is gone, too (assumed).
  if (!route.isJson) return rulesOf(route.bucket)
  const session = sessions.find(route.id)
  if (session === undefined || session === 'gone') return { kind: 'nobody' }
  return session.origin === undefined ? { kind: 'nobody' } : { kind: 'origin', origin: session.origin }
}

/** Lets a matching fault strike: waits for a delay, throws for a status; the others strike where bytes flow. */
const strikeFault = async (exchange: Exchange, route: Route): Promise<Exchange> => {
  const { service, method } = exchange
  const fault = service.faults.strike({ method, apis: apisOf(exchange, route), object: subjectOf(service, route) })
  if (fault?.kind === 'delay') await pause(exchange, fault.ms)
  if (fault?.kind === 'status')
    throw new Refusal({
      status: fault.status,
      code: fault.status === 503 ? 'ServiceUnavailable' : 'InternalError',
      reason: 'backendError',
      message: 'We encountered an internal error. Please try again.',
    })
  return { ...exchange, fault }
}

const apisOf = ({ method, target }: Exchange, route: Route): FaultApi[] => {
  if (route.kind === 'session') return ['resumable']
  if (route.kind === 'json') {
    const type = target.parameters.get('uploadType')
    if (route.isUpload) return type === 'resumable' ? ['json', 'resumable'] : ['json', 'upload']
    return target.parameters.get('alt') === 'media' ? ['json', 'media'] : ['json']
  }
  if (method === 'GET' || method === 'HEAD') return ['xml', 'media']
  return method === 'PUT' ? ['xml', 'upload'] : method === 'POST' ? ['xml', 'resumable'] : ['xml']
}

const subjectOf = ({ sessions }: StorageService, route: Route): string => {
  if (route.kind === 'xml') return `${route.bucket}/${route.name}`
  if (route.kind === 'json') return route.object
  const session = sessions.find(route.id)
  return session === undefined || session === 'gone' ? '' : `${session.bucket}/${session.name}`
}

const fail = (
  error: unknown,
  exchange: Pick<Exchange, 'service' | 'request' | 'response' | 'method'> & Partial<Exchange>,
  route: Route | undefined,
): void => {
  const { response, request } = exchange
  if (error instanceof BrokenBody) {
    request.destroy()
    return
  }
  const refusal = error instanceof Refusal ? error : undefined
  if (refusal === undefined)
    process.stderr.write(`storage: ${request.method} ${request.url}: ${error instanceof Error ? error.stack : error}\n`)
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { status, type, text } = render(refusal ?? internalError(), exchange.target, route)
  response.writeHead(status, { 'content-type': type, 'content-length': String(Buffer.byteLength(text)) })
  response.end(exchange.method === 'HEAD' || status === 304 ? undefined : text)
}

const render = (
  refusal: Refusal,
  target: Exchange['target'] | undefined,
  route: Route | undefined,
): { status: number; type: string; text: string } => {
  const { status } = refusal
  if (route?.kind !== 'json' && !(route?.kind === 'session' && route.isJson))
    return { status, type: 'application/xml; charset=UTF-8', text: refusalXml(refusal) }
  // A refused download answers in plain words.
  if (target?.parameters.get('alt') === 'media')
    return { status, type: 'text/html; charset=UTF-8', text: refusal.message }
  return { status, type: 'application/json; charset=UTF-8', text: refusalJson(refusal) }
}

const internalError = (): Refusal =>
  new Refusal({
    status: 500,
    code: 'InternalError',
    reason: 'backendError',
    message: 'We encountered an internal error. Please try again.',
  })
