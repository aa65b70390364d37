import { once } from 'node:events'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'

/** Sends a request whose target stands on the wire exactly as given: fetch() would tidy it. */
export const sendRaw = async (
  url: string,
  method: string,
  target: string,
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> => {
  const sent = request(url, { method, path: target, agent: false })
  const answered: Promise<IncomingMessage[]> = once(sent, 'response')
  sent.end()
  const [answer] = await answered
  if (answer === undefined) throw new Error('there was no answer')
  return { status: answer.statusCode ?? 0, headers: answer.headers, text: await text(answer) }
}
