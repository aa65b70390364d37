import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The Chromium of this machine; undefined if there is none. */
export const findChromium = (): string | undefined => PLACES.find((path) => existsSync(path))

const played = z.object({
  width: z.number(),
  height: z.number(),
  seconds: z.number(),
  frames: z.int(),
  /** Of the sound, that were decoded. */
  soundBytes: z.int(),
  /** Red, green and blue in the middle of the upper left corner's patch, at the end. */
  corner: z.array(z.number()),
  /** The same, in the middle of the left half and of the right half. */
  left: z.array(z.number()),
  right: z.array(z.number()),
  error: z.string().optional(),
})

export type Played = z.infer<typeof played>

/** A WebM begins with it (RFC 8794). */
const EBML = 0x1a45dfa3

// Plays one after the other to its end, without sound, as nobody has clicked on anything.
const page = (count: number) => `<!doctype html><title>videos</title><script type="module">
const play = (source) => new Promise((resolve) => {
  const video = document.createElement('video')
  const tell = (error) => {
    const canvas = document.createElement('canvas')
    canvas.width = video.videoWidth || 1
    canvas.height = video.videoHeight || 1
    const context = canvas.getContext('2d')
    context.drawImage(video, 0, 0)
    const at = (x, y) => [...context.getImageData(canvas.width * x, canvas.height * y, 1, 1).data.slice(0, 3)]
    resolve({
      ...{ width: video.videoWidth, height: video.videoHeight, seconds: video.duration || 0, error },
      ...{ frames: video.getVideoPlaybackQuality().totalVideoFrames, soundBytes: video.webkitAudioDecodedByteCount },
      ...{ corner: at(1 / 10, 1 / 8), left: at(1 / 4, 1 / 2), right: at(3 / 4, 1 / 2) },
    })
  }
  video.muted = true
  video.onended = () => tell()
  video.onerror = () => tell(video.error.message)
  video.src = source
  video.play().catch((error) => tell(String(error)))
})
const all = []
for (let index = 0; index < ${count}; index++) all.push(await play('/' + index))
await fetch('/played', { method: 'POST', body: JSON.stringify(all) })
</script>`

/** Plays mp4 and webm files in Chromium, each to its end; what it made of each. */
export const playInChromium = async (
  chromium: string,
  paths: readonly string[],
  seconds: number,
): Promise<Played[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'reelway-chromium-'))
  const answer = Promise.withResolvers<Played[]>()
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      const text = (await Array.fromAsync(request)).join('')
      response.end()
      return answer.resolve(z.array(played).parse(JSON.parse(text)))
    }
    const path = paths[Number(request.url?.slice(1) || Number.NaN)]
    if (path !== undefined) {
      const bytes = await readFile(path)
      return response.setHeader('content-type', bytes.readUInt32BE() === EBML ? 'video/webm' : 'video/mp4').end(bytes)
    }
    response.setHeader('content-type', 'text/html').end(page(paths.length))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = address === null || typeof address === 'string' ? 0 : address.port
  const browser = startChromium(chromium, folder, `http://127.0.0.1:${port}/`)
  const late = setTimeout(() => answer.reject(new Error(`nothing was played within ${seconds} s`)), seconds * 1000)
  try {
    return await answer.promise
  } finally {
    clearTimeout(late)
    await endChromium(browser)
    server.closeAllConnections()
    server.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** Starts Chromium at an address, with a profile in a folder. */
export const startChromium = (chromium: string, folder: string, url: string): ChildProcess =>
  spawn(
    chromium,
    [
      ...['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
      ...['--autoplay-policy=no-user-gesture-required', '--force-color-profile=srgb', `--user-data-dir=${folder}`],
      url,
    ],
    // What it leaves in the temporary folder when it is killed goes with its profile.
    { stdio: 'ignore', detached: true, env: { ...process.env, TMPDIR: folder } },
  )

/** It is many processes, of one group. */
export const endChromium = async (browser: ChildProcess): Promise<void> => {
  if (browser.pid === undefined || browser.exitCode !== null) return
  const ended = once(browser, 'exit')
  process.kill(-browser.pid, 'SIGKILL')
  await ended
}
