import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { parseJson } from '@reelway/shared/parse-json.ts'
import type { Request, RequestHandler, Response } from 'express'

/** Larger bodies are refused: no request of ours needs more. */
const BODY_LIMIT_BYTES = 64 * 1024

/** A client that goes on sending after it was refused is cut off after this long: time enough to read the answer. */
const LINGER_MILLIS = 1_000

/**
 * Reads a JSON object into request.body, and leaves other bodies alone. One that is too large is answered at once;
 * express.json() would first read it to its end, however far that is. Compressed bodies are not accepted.
 */
export const readJson: RequestHandler = async (request, response, next) => {
  if (Number(request.get('content-length') ?? 0) > BODY_LIMIT_BYTES) {
    cutOff(request, response)
    throw reelwayError('body_too_large', { limitBytes: BODY_LIMIT_BYTES })
  }
  if (!request.is('application/json')) {
    cutOff(request, response)
    return next()
  }
  if (!isPlainUtf8(request)) {
    cutOff(request, response)
    throw reelwayError('unsupported_media_type')
  }
  const bytes = await readBytes(request)
  if (bytes === undefined) {
    cutOff(request, response)
    throw reelwayError('body_too_large', { limitBytes: BODY_LIMIT_BYTES })
  }
  request.body = bytes.length === 0 ? {} : parseObject(bytes)
  next()
}

/** Closing at once could reset the connection before the client has seen why. */
const cutOff = (request: Request, response: Response): void => {
  response.once('finish', () => {
    request.resume()
    setTimeout(() => {
      if (!request.complete) request.destroy()
    }, LINGER_MILLIS).unref()
  })
}

const isPlainUtf8 = (request: Request): boolean => {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.get('content-type') ?? '')?.[1] ?? 'utf-8'
  return /^utf-?8$/i.test(charset) && /^identity$/i.test(request.get('content-encoding') ?? 'identity')
}

/** The whole body; undefined when it is too large, and then the rest is still to come. */
const readBytes = async (request: Request): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length
      if (bytes > BODY_LIMIT_BYTES) return undefined
      chunks.push(chunk)
    }
  } catch (cause) {
    // The client broke off: nobody will read the answer.
    throw reelwayError('malformed_json', undefined, { cause })
  }
  return Buffer.concat(chunks)
}

const parseObject = (bytes: Buffer): object => {
  const value = parseJson(decode(bytes))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw reelwayError('malformed_json')
  return value
}

const decode = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw reelwayError('malformed_json', undefined, { cause })
  }
}
