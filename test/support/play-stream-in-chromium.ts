import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { endChromium, startChromium } from './play-in-chromium.ts'

const played = z.object({
  /** The heights that hls.js was offered, in its order, and those that it showed, one after the other. */
  offered: z.array(z.int()),
  shown: z.array(z.int()),
  seconds: z.number(),
  /** Where it ended, and how often it had to wait for more. */
  endedAt: z.number(),
  stalls: z.int(),
  frames: z.int(),
  soundBytes: z.int(),
  errors: z.array(z.string()),
  /** The time of the frame that was shown when it was sent back to one second, and on to eleven. */
  shownAt: z.array(z.number()),
  /** Where it ended, played by Chromium itself, how many frames that had, and what went wrong; null: it knows no streams. */
  native: z.object({ endedAt: z.number(), frames: z.int(), error: z.string().nullable() }).nullable(),
})

export type PlayedStream = z.infer<typeof played>

// It begins with the size that it is told of first, and is made to change to the other sizes, one after the other, as it goes on. Then it is
// sent to other places, and then Chromium plays it without any script: with `crossorigin`, or it takes no ranges of other origins (run).
const page = (
  master: string,
) => `<!doctype html><title>stream</title><video muted></video><script src="/hls.js"></script><script>
const video = document.querySelector('video')
const hls = new Hls({ testBandwidth: false, startLevel: 0, capLevelToPlayerSize: false })
const [shown, errors] = [[], []]
let stalls = 0
const framesOf = (played) => played.getVideoPlaybackQuality().totalVideoFrames
const tell = async (isOver) => {
  const told = {
    ...{ offered: hls.levels.map(({ height }) => height), shown: [...shown], errors, stalls },
    ...{ seconds: video.duration || 0, endedAt: video.currentTime, frames: framesOf(video) },
    ...{ soundBytes: video.webkitAudioDecodedByteCount },
  }
  const shownAt = isOver ? [await seekTo(1.01), await seekTo(11.01)] : []
  await fetch('/played', { method: 'POST', body: JSON.stringify({ ...told, shownAt, native: isOver ? await playNatively() : null }) })
}
const seekTo = (seconds) => new Promise((resolve) => {
  video.requestVideoFrameCallback((_, { mediaTime }) => resolve(mediaTime))
  video.currentTime = seconds
})
const playNatively = () => new Promise((resolve) => {
  const native = Object.assign(document.createElement('video'), { crossOrigin: 'anonymous', muted: true })
  if (native.canPlayType('application/vnd.apple.mpegurl') === '') return resolve(null)
  const end = (error) => resolve({ endedAt: native.currentTime, frames: framesOf(native), error })
  native.onended = () => end(null)
  native.onerror = () => end(native.error.message)
  native.src = ${JSON.stringify(master)}
  native.playbackRate = 4
  native.play().catch((error) => end(String(error)))
})
video.addEventListener('resize', () => shown.push(video.videoHeight))
video.addEventListener('waiting', () => { if (video.currentTime > 0) stalls += 1 })
video.addEventListener('ended', () => tell(true), { once: true })
let asked = 0
video.addEventListener('timeupdate', () => {
  const wanted = Math.min(hls.levels.length - 1, Math.floor(video.currentTime / 3))
  if (wanted > asked) hls.currentLevel = asked = wanted
})
hls.on(Hls.Events.ERROR, (_, { type, details, fatal, reason }) => {
  errors.push([type, details, fatal, reason].join(' '))
  if (fatal) tell(false)
})
hls.on(Hls.Events.MANIFEST_PARSED, () => { hls.currentLevel = 0; video.play() })
hls.loadSource(${JSON.stringify(master)})
hls.attachMedia(video)
</script>`

/**
 * Plays a stream of a running web by hls.js in Chromium, on a page of the same origin as the playlists, and changes its size while it
 * plays; what came of it.
 */
export const playStreamInChromium = async (
  chromium: string,
  { webUrl, masterPath }: { webUrl: string; masterPath: string },
  seconds: number,
): Promise<PlayedStream> => {
  const script = await readFile(createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js'))
  const folder = await mkdtemp(join(tmpdir(), 'reelway-chromium-'))
  const answer = Promise.withResolvers<PlayedStream>()
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      const text = (await Array.fromAsync(request)).join('')
      response.end()
      return answer.resolve(played.parse(JSON.parse(text)))
    }
    const path = request.url ?? '/'
    if (path === '/hls.js') return response.setHeader('content-type', 'text/javascript').end(script)
    if (!path.startsWith('/api/')) return response.setHeader('content-type', 'text/html').end(page(masterPath))
    const playlist = await fetch(new URL(path, webUrl))
    response.statusCode = playlist.status
    response.setHeader('content-type', playlist.headers.get('content-type') ?? '').end(await playlist.text())
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
