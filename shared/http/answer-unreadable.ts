import { randomUUID } from 'node:crypto'
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { problemOf } from '../errors/problem.ts'
import { type ReelwayError, reelwayError } from '../errors/reelway-error.ts'

/**
 * Answers what never becomes a request (headers that are too large, bytes that are no HTTP, a client that takes too long to send)
 * with a problem document like every other refusal, and closes the connection: nobody knows what the next byte would mean.
 */
export const answerUnreadable = (server: Server): void => {
  const answers = new WeakMap<Duplex, ServerResponse>()
  server.on('request', (request, response) => answers.set(request.socket, response))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answer = answers.get(socket)
    // Two answers in one would be read as nonsense, or as somebody else's.
    const isAnswering = answer?.headersSent === true && !answer.writableFinished
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswering) socket.destroy()
    else socket.end(answerTo(errorOf(error.code)), () => socket.destroy())
  })
}

// https://nodejs.org/api/http.html#event-clienterror
const errorOf = (code: string | undefined): ReelwayError => {
  if (code === 'HPE_HEADER_OVERFLOW') return reelwayError('headers_too_large')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return reelwayError('request_timeout')
  return reelwayError('malformed_request')
}

const answerTo = ({ code, status, message }: ReelwayError): string => {
  const requestId = randomUUID()
  const body = JSON.stringify(problemOf(code, { detail: message, requestId }))
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    `x-request-id: ${requestId}`,
    '',
    body,
  ].join('\r\n')
}
