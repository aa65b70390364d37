import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { findBinaries } from '@reelway/batch/ffmpeg/binaries.ts'
import { z } from 'zod'
import { Client, type Task, uploadFile, uploadInstructions } from '../support/client.ts'
import { findChromium } from '../support/play-in-chromium.ts'
import { playStreamInChromium } from '../support/play-stream-in-chromium.ts'
import { makeVideo } from '../videos/make-video.ts'
import { usePlace } from './place.ts'

const newAsset = z.object({ asset: z.object({ id: z.string() }), upload: uploadInstructions })

const binaries = findBinaries({ searchPath: process.env.PATH })

describe('a video is made a stream', () => {
  const place = usePlace()
  let client: Client
  let task: Task
  before(async () => {
    client = await Client.signUp(place.baseUrl)
    task = await client.convert(await makeVideo('stream'), { preset: 'hls' })
  })

  const masterUrl = (): string => {
    const playlist = task.outputs.find(({ name }) => name === 'playlist')
    assert.ok(playlist !== undefined)
    return new URL(playlist.url, place.baseUrl).href
  }

  const textOf = async (url: string): Promise<string> => {
    const response = await fetch(url)
    assert.equal(response.status, 200, await response.clone().text())
    assert.match(response.headers.get('content-type') ?? '', /^application\/vnd\.apple\.mpegurl/)
    return await response.text()
  }

  /** The playlists that a master names, by the name of their file. */
  const playlists = async (): Promise<Map<string, string>> => {
    const uris = [...(await textOf(masterUrl())).matchAll(/^[a-z0-9-]+\.m3u8\S*$|URI="([^"]+)"/gm)]
    const urls = uris.map(([line, uri]) => new URL(uri ?? line, masterUrl()))
    const texts = await Promise.all(urls.map(({ href }) => textOf(href)))
    return new Map(urls.map(({ pathname }, index) => [pathname.replace(/^.*\//, ''), texts[index] ?? '']))
  }

  test('that has an output for each size, one for the sound, and one to play', () => {
    assert.equal(task.status, 'completed', JSON.stringify(task.error))
    assert.deepEqual(
      task.outputs.map(({ name, contentType, width, height }) => [name, contentType, width, height]),
      [
        ['playlist', 'application/vnd.apple.mpegurl', 640, 360],
        ['sound', 'audio/mp4', null, null],
        ['video-240p', 'video/mp4', 426, 240],
        ['video-360p', 'video/mp4', 640, 360],
      ],
    )
  })

  test('that has a poster of its largest size, and a storyboard', () => {
    const { poster, storyboard } = task
    assert.deepEqual([poster?.width, poster?.height], [640, 360])
    assert.deepEqual([storyboard?.tileWidth, storyboard?.tileHeight], [160, 90])
    assert.ok((storyboard?.tiles ?? 0) >= 4)
  })

  test('whose sizes have segments of the same times, each of whole fragments that begin with a key frame', async () => {
    const all = await playlists()
    assert.deepEqual(
      [...all.keys()],
      ['sound', 'video-360p', 'video-240p', 'video-360p-key-frames', 'video-240p-key-frames'].map(
        (name) => `${name}.m3u8`,
      ),
    )
    const durations = [...all.values()].map((text) =>
      [...text.matchAll(/^#EXTINF:([\d.]+),/gm)].map(([, s]) => Number(s)),
    )
    assert.deepEqual(durations[1], [2, 6, 6, 1])
    assert.deepEqual(durations[2], durations[1])
    for (const [index, text] of [...all.values()].slice(0, 3).entries()) {
      const ranges = [...text.matchAll(/^#EXT-X-BYTERANGE:(\d+)@(\d+)\n(\S+)$/gm)]
      for (const [place, [, size, first, url]] of ranges.entries()) {
        const range = `bytes=${first}-${Number(first) + Number(size) - 1}`
        // Players follow no redirect of a segment (Apple's HLS authoring specification, 8.18).
        const answer = await fetch(String(url), { headers: { range }, redirect: 'error' })
        const bytes = Buffer.from(await answer.arrayBuffer())
        assert.equal(bytes.length, Number(size))
        let at = 0
        while (at < bytes.length) {
          const mdat = at + bytes.readUInt32BE(at)
          assert.equal(bytes.toString('latin1', at + 4, at + 8), 'moof')
          assert.equal(bytes.toString('latin1', mdat + 4, mdat + 8), 'mdat')
          // The first sample: that it depends on no other.
          const flags = bytes.readUInt32BE(bytes.indexOf('trun', at) + 16 + 4)
          if (index > 0) assert.equal(flags, 0x02000000, `segment ${place}`)
          at = mdat + bytes.readUInt32BE(mdat)
        }
        assert.equal(at, bytes.length)
      }
    }
  })

  test('whose playlists are compressed for those who take that, and list each key frame for those who wind', async () => {
    const sentTo = async (encoding: string) => {
      const { headers } = await fetch(masterUrl(), { headers: { 'accept-encoding': encoding } })
      return [headers.get('content-encoding'), headers.get('vary')?.toLowerCase()]
    }
    assert.deepEqual(await sentTo('gzip, br'), ['gzip', 'accept-encoding'])
    assert.deepEqual(await sentTo('identity'), [null, 'accept-encoding'])
    for (const [name, text] of await playlists()) {
      if (name.includes('key-frames')) assert.equal([...text.matchAll(/^#EXTINF:2\.0+,$/gm)].length, 7, text)
    }
  })

  test('that ffmpeg plays to the end in every size, each frame of it, with its sound in step', async () => {
    const { ffmpeg } = await binaries
    for (const stream of ['0:v:0', '0:v:1']) {
      const argv = ['-v', 'error', '-i', masterUrl(), '-map', stream, '-f', 'framecrc', '-']
      const { stdout, stderr } = await promisify(execFile)(ffmpeg, argv)
      assert.equal(stderr, '')
      const times = stdout
        .split('\n')
        .filter((line) => /^0, /.test(line))
        .map((line) => Number(line.split(',')[2]))
      assert.equal(times.length, 450)
      assert.equal(new Set(times.map((time, index) => time - index)).size, 1, 'a frame is missing')
    }
    const argv = [
      '-hide_banner',
      '-nostats',
      '-i',
      masterUrl(),
      '-map',
      '0:a',
      '-af',
      'silencedetect=n=-30dB:d=0.3',
      '-f',
      'null',
      '-',
    ]
    const { stderr } = await promisify(execFile)(ffmpeg, argv)
    const clicks = [...stderr.matchAll(/silence_end: ([\d.]+)/g)].map(([, seconds]) => Number(seconds)).slice(0, 14)
    // Both begin when the first frame can be shown, so that a click is heard a whole number of seconds behind it.
    for (const [index, seconds] of clicks.entries()) assert.ok(Math.abs(seconds - (index + 1)) < 0.01, `${seconds}`)
    assert.equal(clicks.length, 14)
  })

  test('whose playlists open with the token of this stream only, which opens nothing else', async () => {
    const url = new URL(masterUrl())
    const token = url.searchParams.get('token') ?? ''
    const statusOf = async (address: string, headers: Record<string, string> = {}) =>
      (await fetch(new URL(address, place.baseUrl), { headers })).status
    const path = url.pathname
    assert.equal(await statusOf(path), 401)
    assert.equal(await statusOf(`${path}?token=${token}x`), 401)
    assert.equal(await statusOf(`${path}?token=${client.accessToken}`), 401)
    const other = await client.submit(await makeVideo('two-tenths'), { preset: 'mp4-720p' })
    assert.equal(await statusOf(`/api/tasks/${other.id}/hls/master.m3u8?token=${token}`), 401)
    assert.equal(await statusOf(`/api/tasks/${task.id}`, { authorization: `Bearer ${token}` }), 401)
    assert.equal(await statusOf('/api/me', { authorization: `Bearer ${token}` }), 401)
    assert.equal(await statusOf(`/api/tasks/${task.id}/hls/playlist.m3u8?token=${token}`), 404)
    const media = /^video-240p\.m3u8\?token=(\S+)$/m.exec(await textOf(url.href))?.[1]
    assert.equal(await statusOf(`/api/tasks/${task.id}/hls/video-360p.m3u8?token=${media}`), 200)
    assert.equal(await statusOf(`${path}?token=${media}`), 401, 'it would be renewed for ever')
    assert.equal(await statusOf('/api/me', { authorization: `Bearer ${media}` }), 401)
  })

  const chromium = findChromium()
  const skip = chromium === undefined ? 'Chromium is not installed' : false
  test('that Chromium plays to its end and from anywhere, by hls.js in both sizes, and by itself', {
    skip,
  }, async () => {
    const { pathname, search } = new URL(masterUrl())
    const web = { webUrl: place.baseUrl, masterPath: `${pathname}${search}` }
    const played = await playStreamInChromium(chromium ?? '', web, 180)
    assert.deepEqual(played.errors, [])
    assert.deepEqual(played.offered.toSorted(), [240, 360])
    assert.deepEqual(new Set(played.shown), new Set([240, 360]))
    assert.ok(Math.abs(played.seconds - 15) < 0.1, `${played.seconds} s`)
    assert.ok(Math.abs(played.endedAt - played.seconds) < 0.1, `it ended at ${played.endedAt} s`)
    assert.ok(played.frames > 0 && played.soundBytes > 0)
    for (const [index, seconds] of [1, 11].entries()) {
      const shownAt = played.shownAt[index] ?? 0
      assert.ok(Math.abs(shownAt - seconds) < 0.05, `${shownAt} s was shown instead of ${seconds} s`)
    }
    if (played.native === null) return
    assert.equal(played.native.error, null)
    assert.ok(Math.abs(played.native.endedAt - 15) < 0.1, `by itself it ended at ${played.native.endedAt} s`)
  })

  test('without sound, with a picture of its owner before it and on it', async () => {
    const path = await makeVideo('title-png')
    const body = { fileName: 'title.png', contentType: 'image/png', sizeBytes: (await stat(path)).size }
    const { asset, upload } = newAsset.parse((await client.expect(201, 'POST', '/api/assets', body)).body)
    await uploadFile(upload, path)
    await client.expect(200, 'POST', `/api/assets/${asset.id}/uploaded`)
    const options = { intro: { asset: asset.id, seconds: 1 }, watermark: { asset: asset.id } }
    const silent = await client.convert(await makeVideo('silent'), { preset: 'hls', options })
    assert.equal(silent.status, 'completed', JSON.stringify(silent.error))
    assert.deepEqual(
      silent.outputs.map(({ name, durationSeconds }) => [name, durationSeconds]),
      [
        ['playlist', 4],
        ['video-240p', 4],
      ],
    )
  })
})
