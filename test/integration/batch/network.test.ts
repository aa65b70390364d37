import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { childEnvironment, untrustedInput } from '@reelway/batch/ffmpeg/hardening.ts'
import { sourceProbeArgs } from '@reelway/batch/ffmpeg/probe-args.ts'
import { runFfmpeg } from '@reelway/batch/ffmpeg/run.ts'
import { runFfprobe } from '@reelway/batch/ffmpeg/run-ffprobe.ts'
import type { SeedName } from '../../hostile/hostile-file.ts'
import { loadClips } from '../../hostile/load-clips.ts'
import { reachingTexts } from '../../hostile/reaching-texts.ts'
import {
  referenceMovie,
  withLinkedCover,
  withLinkedSegments,
  withSamplesElsewhere,
  withSubtitleFile,
} from '../../hostile/reaching-videos.ts'
import { type Canary, startCanary } from '../../hostile/start-canary.ts'
import { serveFile } from '../../support/serve-file.ts'
import { binaries, temporaryFolder } from '../transcode/convert-video.ts'

type Clips = Readonly<Record<SeedName, Buffer>>

const signal = new AbortController().signal

/** Options that let a file lead anywhere: without them nothing here would prove that there is somewhere to be led. */
const credulous = ['-v', 'error', '-protocol_whitelist', 'file,http,tcp,crypto,data,subfile,udp,rtp']

const addresses = (port: number) => ({
  'another port of loopback': `http://127.0.0.1:${port}/secret.mp4`,
  'a file': 'file:///etc/hostname',
})

const reachingVideos = (clips: Clips, address: string): Record<string, Buffer> => ({
  'movie with its samples at an address': withSamplesElsewhere(clips['tiny-mov'], { kind: 'address', address }),
  'movie with its samples beside it': withSamplesElsewhere(clips['tiny-mov'], {
    kind: 'alias',
    relativePath: '/secret.mov',
  }),
  'mp4 with its samples beside it': withSamplesElsewhere(clips['tiny-mp4'], {
    kind: 'alias',
    relativePath: '/secret.mov',
  }),
  'reference movie': referenceMovie(address),
  'film that goes on elsewhere': withLinkedSegments(clips['tiny-mkv'], address),
  'film with a linked cover': withLinkedCover(clips['tiny-flv'], address),
  'film with a playlist for subtitles': withSubtitleFile(
    clips['tiny-avi'],
    reachingTexts(address)['HLS playlist'] ?? '',
  ),
  'film with a list of files for subtitles': withSubtitleFile(
    clips['tiny-avi'],
    reachingTexts(address)['list of files'] ?? '',
  ),
})

/** Serves bytes, and gives them to ffprobe and then to ffmpeg as batch does; what was asked for is what the answer tells. */
const readAsBatchDoes = async (bytes: Buffer | string): Promise<readonly string[]> => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'upload')
  await writeFile(path, bytes)
  await using served = await serveFile(path)
  const { ffmpeg, ffprobe } = await binaries
  await runFfprobe(ffprobe, sourceProbeArgs(served.url), signal)
  const argv = ['-nostdin', '-v', 'warning', ...untrustedInput, '-i', served.url, '-map', '0', '-f', 'null', '-']
  await runFfmpeg({ binary: ffmpeg, argv, signal, wallClockLimitSeconds: 60, stallLimitSeconds: 60 })
  return served.requestedPaths().filter((requested) => requested !== '/source')
}

/** Gives bytes to ffprobe without the product's lists; also the environment may be another. */
const readCredulously = async (
  bytes: Buffer | string,
  options: readonly string[] = credulous,
  env: NodeJS.ProcessEnv = {},
): Promise<{ text: string; otherPaths: readonly string[] }> => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'upload')
  await writeFile(path, bytes)
  await using served = await serveFile(path)
  const { ffprobe } = await binaries
  const argv = [...options, '-show_streams', '-show_packets', served.url]
  // It fails, as a rule: what matters is where it went.
  const text = await new Promise<string>((resolve) =>
    execFile(ffprobe, argv, { env: { ...childEnvironment, ...env }, timeout: 120_000 }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    ),
  )
  return { text, otherPaths: served.requestedPaths().filter((requested) => requested !== '/source') }
}

suite('ffmpeg and ffprobe reach nothing but the source', { concurrency: 2 }, () => {
  let canary: Canary
  let clips: Clips
  before(async () => {
    canary = await startCanary()
    clips = await loadClips()
  })
  after(() => canary[Symbol.asyncDispose]())

  for (const kind of Object.keys(addresses(0))) {
    test(`no text that names ${kind} leads them there`, async () => {
      const address = Object.entries(addresses(canary.port)).find(([name]) => name === kind)?.[1] ?? ''
      for (const [name, text] of Object.entries(reachingTexts(address))) {
        assert.deepEqual(await readAsBatchDoes(text), [], name)
        assert.equal(canary.connections(), 0, name)
      }
    })

    test(`no video that refers to ${kind} leads them there`, async () => {
      const address = Object.entries(addresses(canary.port)).find(([name]) => name === kind)?.[1] ?? ''
      for (const [name, bytes] of Object.entries(reachingVideos(clips, address))) {
        assert.deepEqual(await readAsBatchDoes(bytes), [], name)
        assert.equal(canary.connections(), 0, name)
      }
    })
  }

  test('without the list of formats the same playlists do lead elsewhere', async () => {
    await using trap = await startCanary()
    const texts = reachingTexts(`http://127.0.0.1:${trap.port}/secret.mp4`)
    for (const [name, ...format] of [
      ['HLS playlist', '-f', 'hls'],
      ['HLS playlist with a key and a map', '-f', 'hls'],
      ['DASH manifest', '-f', 'dash'],
      ['list of files', '-safe', '0', '-f', 'concat'],
    ] as const) {
      const before = trap.connections()
      // Some versions follow a playlist only by the right name, or when they are told to.
      const { text } = await readCredulously(texts[name] ?? '', [...credulous, ...format])
      assert.ok(trap.connections() > before, `${name}: ${text}`)
    }
  })

  test('with references switched on the same movie does ask for the file beside it', async () => {
    const movie = withSamplesElsewhere(clips['tiny-mov'], { kind: 'alias', relativePath: '/secret.mov' })
    const { text, otherPaths } = await readCredulously(movie, [...credulous, '-enable_drefs', '1'])
    assert.ok(otherPaths.includes('/secret.mov'), text)
  })

  test('subtitles within an avi are opened as a file of their own: without the list of formats they are read', async () => {
    const film = withSubtitleFile(clips['tiny-avi'], '1\n00:00:00,000 --> 00:00:01,000\nThey are read.\n')
    assert.match((await readCredulously(film, [...credulous, '-show_data'])).text, /They are read/)
    assert.doesNotMatch((await readCredulously(film, [...untrustedInput, '-show_data'])).text, /They are read/)
  })

  test('an address of another host is not even looked up: all its requests end at a closed port of loopback', async () => {
    const playlist = reachingTexts('http://elsewhere.invalid/secret.mp4')['HLS playlist'] ?? ''
    const { text } = await readCredulously(playlist, [...credulous, '-f', 'hls'])
    assert.match(text, /tcp:\/\/127\.0\.0\.1:1 failed: Connection refused/)
    assert.doesNotMatch(text, /resolve/)
  })

  test('a proxy in the environment of batch is not used, though ffprobe would', async () => {
    await using proxy = await startCanary()
    const address = `http://127.0.0.1:${proxy.port}`
    const variables = { http_proxy: address, HTTP_PROXY: address, all_proxy: address, no_proxy: '' }
    const kept = { ...process.env }
    Object.assign(process.env, variables)
    try {
      assert.deepEqual(await readAsBatchDoes(clips['tiny-mp4']), [])
    } finally {
      for (const name of Object.keys(variables)) delete process.env[name]
      Object.assign(process.env, kept)
    }
    assert.equal(proxy.connections(), 0)
    await readCredulously(clips['tiny-mp4'], credulous, variables)
    assert.ok(proxy.connections() > 0)
  })
})
