import { open, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

export type ServedFile = AsyncDisposable & {
  url: string
  /** The paths that were asked for, one for each request. */
  requestedPaths: () => readonly string[]
  bytesSent: () => number
}

/** How the server fails, at an offset in the file: it goes silent, or cuts the connection (also on every later request). */
export type Fault = { kind: 'silent' | 'cut'; atByte: number }

/**
 * Serves one file by ranges on a free port of loopback, as the product's own source does: Content-Length, 206, and a
 * destroyed socket when it cannot go on.
 */
export const serveFile = async (path: string, fault?: Fault): Promise<ServedFile> => {
  const { size } = await stat(path)
  const requested: string[] = []
  let sent = 0
  const server = createServer((request, response) => {
    requested.push(request.url ?? '')
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url !== '/source') {
      response.writeHead(404).end()
      return
    }
    const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const to = Math.min(Number(/-(\d+)$/.exec(request.headers.range ?? '')?.[1] ?? size - 1), size - 1)
    if (from >= size) {
      response.writeHead(416, { 'content-range': `bytes */${size}` }).end()
      return
    }
    response.writeHead(request.headers.range === undefined ? 200 : 206, {
      'accept-ranges': 'bytes',
      'content-length': to - from + 1,
      'content-range': `bytes ${from}-${to}/${size}`,
    })
    await using file = await open(path)
    const end = fault === undefined ? to : Math.min(to, fault.atByte - 1)
    if (from <= end) {
      const bytes = file.createReadStream({ start: from, end, autoClose: false })
      bytes.on('data', (chunk) => {
        sent += chunk.length
      })
      await pipeline(bytes, response, { end: end === to }).catch(ignoreHangUp)
    }
    if (end < to && fault?.kind === 'cut') response.destroy()
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}/source`,
    requestedPaths: () => requested,
    bytesSent: () => sent,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** ffmpeg hangs up as soon as it has what it wants, which is how ranges are read. */
const ignoreHangUp = (error: unknown) => {
  const hangUps = ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_DESTROYED']
  if (error instanceof Error && 'code' in error && hangUps.includes(String(error.code))) return
  throw error
}
