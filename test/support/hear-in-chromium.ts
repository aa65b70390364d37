import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endChromium, startChromium } from './play-in-chromium.ts'

/** What a page gets of a sound: its first channel at 48 kHz, and how long an element that plays it says that it is. */
export type Heard = { samples: Float32Array; seconds: number }

const page = (count: number) => `<!doctype html><title>sounds</title><script type="module">
const secondsOf = (source) => new Promise((resolve) => {
  const audio = new Audio(source)
  audio.onloadedmetadata = () => resolve(audio.duration)
  audio.onerror = () => resolve(-1)
})
for (let index = 0; index < ${count}; index++) {
  const bytes = await (await fetch('/' + index)).arrayBuffer()
  const sound = await new OfflineAudioContext(2, 1, 48000).decodeAudioData(bytes).catch(() => undefined)
  const seconds = await secondsOf('/' + index)
  const samples = sound?.getChannelData(0) ?? new Float32Array()
  await fetch('/heard?seconds=' + seconds, { method: 'POST', body: samples.slice() })
}
</script>`

/** Decodes sounds in Chromium, each by its path and content type, in their order. An empty one could not be decoded. */
export const hearInChromium = async (
  chromium: string,
  files: readonly { path: string; contentType: string }[],
  limitSeconds: number,
): Promise<Heard[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'reelway-chromium-'))
  const heard: Heard[] = []
  const all = Promise.withResolvers<Heard[]>()
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      const bytes = Buffer.concat(await Array.fromAsync(request))
      const seconds = Number(new URL(request.url ?? '', 'http://localhost').searchParams.get('seconds'))
      heard.push({ samples: new Float32Array(new Uint8Array(bytes).buffer), seconds })
      response.end()
      if (heard.length === files.length) all.resolve(heard)
      return
    }
    const file = files[Number(request.url?.slice(1) || Number.NaN)]
    if (file === undefined) {
      response.setHeader('content-type', 'text/html').end(page(files.length))
      return
    }
    const bytes = await readFile(file.path)
    // As the storage does: the end of an Ogg tells how long it is.
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
    const from = Number(range?.[1] ?? 0)
    const last = Number(range?.[2] || bytes.length - 1)
    response
      .writeHead(range === null ? 200 : 206, {
        ...{ 'content-type': file.contentType, 'accept-ranges': 'bytes', 'content-length': last + 1 - from },
        ...(range !== null && { 'content-range': `bytes ${from}-${last}/${bytes.length}` }),
      })
      .end(bytes.subarray(from, last + 1))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = address === null || typeof address === 'string' ? 0 : address.port
  const browser = startChromium(chromium, folder, `http://127.0.0.1:${port}/`)
  const late = setTimeout(() => all.reject(new Error(`not all was heard in ${limitSeconds} s`)), limitSeconds * 1000)
  try {
    return await all.promise
  } finally {
    clearTimeout(late)
    await endChromium(browser)
    server.closeAllConnections()
    server.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}
