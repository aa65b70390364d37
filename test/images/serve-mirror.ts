import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

/** A mirror of ffmpeg-static's releases on loopback, which has `ffmpeg` for this platform. Closing it ends it at once. */
export const serveMirror = async (ffmpeg: string): Promise<AsyncDisposable & { url: string; emptyUrl: string }> => {
  const wanted = new RegExp(`^/b[\\d.]+/ffmpeg-${process.platform}-${process.arch}\\.gz$`)
  const server = createServer((request, response) => {
    if (wanted.test(request.url ?? '')) {
      pipeline(createReadStream(ffmpeg), createGzip({ level: 1 }), response).catch(() => response.destroy())
    } else {
      response.writeHead(404).end()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the system gave no port')
  const url = `http://127.0.0.1:${address.port}`
  return {
    url,
    emptyUrl: `${url}/nothing`,
    [Symbol.asyncDispose]: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
