import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Delivery } from './delivery-record.ts'

/** One keep-alive agent for each scheme, shared by all pushes of a server. */
export type PushAgents = { http: HttpAgent; https: HttpsAgent; destroy(): void }

/** How a push ended; the status is there only if the endpoint answered completely. */
export type PushResult = Pick<Delivery, 'status' | 'end'>

const USER_AGENT = 'APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)'

/** Agents without connections. destroy() closes those that they open, in use or not. */
export const createPushAgents = (): PushAgents => {
  const http = new HttpAgent({ keepAlive: true })
  const https = new HttpsAgent({ keepAlive: true })
  return {
    http,
    https,
    destroy: () => {
      http.destroy()
      https.destroy()
    },
  }
}

/**
 * Posts one push and waits for the end of its answer. Never rejects, follows no redirect, sends nothing twice.
 * @param deadlineMs after it the connection is closed: Pub/Sub's ack deadline is the push's time-out
 * @param cutAfterMs a fault: the connection is closed after it
 * @param closing aborts the push when the server closes
 */
export const sendPush = (input: {
  url: string
  headers: Record<string, string>
  body: Buffer
  agents: PushAgents
  deadlineMs: number
  cutAfterMs: number | undefined
  closing: AbortSignal
}): Promise<PushResult> =>
  new Promise((resolve) => {
    let end: Delivery['end'] = 'connection-failed'
    const fail = () => resolve({ status: undefined, end })
    const request = openRequest(input)
    if (!request) {
      fail()
      return
    }
    const abortAs = (reason: Delivery['end']) => {
      end = reason
      request.destroy()
    }
    const onClosing = () => abortAs('server-closed')
    const deadline = setTimeout(abortAs, input.deadlineMs, 'deadline-missed')
    const cut = input.cutAfterMs === undefined ? undefined : setTimeout(abortAs, input.cutAfterMs, 'cut')
    input.closing.addEventListener('abort', onClosing)
    request.on('information', ({ statusCode }) => {
      // 102 acknowledges although the final answer is still to come [Pub/Sub: push subscriptions].
      if (statusCode === 102) resolve({ status: statusCode, end: 'answered' })
    })
    request.on('response', (response: IncomingMessage) => {
      response.on('end', () => resolve({ status: response.statusCode, end: 'answered' }))
      response.on('error', fail)
      response.resume()
    })
    request.on('error', fail)
    request.on('close', () => {
      clearTimeout(deadline)
      clearTimeout(cut)
      input.closing.removeEventListener('abort', onClosing)
      fail()
    })
    request.end(input.body)
    if (input.closing.aborted) onClosing()
  })

// undefined if a header cannot be sent: an attribute that writeMetadata turned into a header may hold any character.
const openRequest = (input: {
  url: string
  headers: Record<string, string>
  body: Buffer
  agents: PushAgents
}): ClientRequest | undefined => {
  const secure = new URL(input.url).protocol === 'https:'
  const options = {
    method: 'POST',
    headers: { ...input.headers, 'user-agent': USER_AGENT, 'content-length': String(input.body.length) },
    agent: secure ? input.agents.https : input.agents.http,
  }
  try {
    return secure ? httpsRequest(input.url, options) : httpRequest(input.url, options)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}
