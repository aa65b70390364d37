import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { Client, downloadResult, type NewTask, type Task } from '../support/client.ts'
import { makeVideo } from '../videos/make-video.ts'
import type { VideoName } from '../videos/recipes.ts'
import { frameGrid, type Inspected, inspectVideo, loudness, mp4Boxes } from './inspect-video.ts'
import { usePlace } from './place.ts'

type Result = { task: Task; path: string; headers: Headers; inspected: Inspected }

describe('a video that is uploaded is converted', () => {
  const place = usePlace()
  let client: Client
  before(async () => {
    client = await Client.signUp(place.baseUrl)
  })

  const convert = async (video: VideoName, options: NewTask): Promise<Result> => {
    const task = await client.convert(await makeVideo(video), options)
    assert.equal(task.error, null)
    assert.equal(task.status, 'completed')
    assert.equal(task.progress, 1)
    const path = join(place.folder, `${options.preset}-${video}`)
    const headers = await downloadResult(task, path)
    return { task, path, headers, inspected: await inspectVideo(path) }
  }

  test('league makes 640x360 of an upright clip, with black bars, between two seconds of logo', async () => {
    const { task, path, inspected } = await convert('turned-phone', { preset: 'league' })
    assertPicture(inspected, { codec: 'h264', width: 640, height: 360, frames: 7 * 30, rate: '30/1' })
    assertTimes(task, inspected, 7)
    assert.equal(inspected.audio?.codec_name, 'aac')
    assert.equal(inspected.audio?.channels, 2)
    const boxes = await mp4Boxes(path)
    assert.ok(boxes.indexOf('moov') < boxes.indexOf('mdat'), `moov comes first in ${boxes}`)

    const [first, lastOfLogo, middle, last] = await Promise.all(
      [0, 29, 100, 209].map((frame) => frameGrid(path, frame)),
    )
    assert.ok(first !== undefined && lastOfLogo !== undefined && middle !== undefined && last !== undefined)
    assert.ok(difference(first, lastOfLogo) < 3, 'the logo stands still for a second')
    assert.ok(difference(first, last) < 3, 'the last frame is the logo, too')
    assert.ok(difference(first, middle) > 20, 'the middle is not the logo')
    // An upright picture is 202 wide on a canvas of 640: cells 0..4 and 11..15 of 16 are bars.
    const bars = middle.filter((_, cell) => cell % 16 < 5 || cell % 16 > 10)
    assert.ok(Math.max(...bars) < 24, `the bars are black: ${bars}`)
    const picture = middle.filter((_, cell) => cell % 16 === 7 || cell % 16 === 8)
    assert.ok(Math.max(...picture) > 100, `the picture is not black: ${picture}`)
  })

  test('a download carries the name of the upload with the extension of the result', async () => {
    const { task, path, headers } = await convert('two-tenths', {
      preset: 'league',
      fileName: 'Tor über "rechts" 🎉.MOV.mkv',
    })
    assert.equal(headers.get('content-type'), 'video/mp4')
    const disposition = headers.get('content-disposition') ?? ''
    assert.match(disposition, /^attachment; /)
    const encodedName = /filename\*=UTF-8''(\S+)$/.exec(disposition)?.[1] ?? ''
    assert.equal(decodeURIComponent(encodedName), 'Tor über "rechts" 🎉.MOV.mp4')
    assert.equal((await stat(path)).size, task.outputs[0]?.sizeBytes)
  })

  test('league is silent under its logo and keeps the sound of the clip', async () => {
    const { path } = await convert('seven-seconds', { preset: 'league' })
    assert.ok((await loudness(path, 0, 0.9)) < -60)
    assert.ok((await loudness(path, 2, 7)) > -30)
    assert.ok((await loudness(path, 8.2, 9)) < -60)
  })

  test('league gives a clip without sound a silent track', async () => {
    const { path, inspected } = await convert('silent', { preset: 'league' })
    assertPicture(inspected, { codec: 'h264', width: 640, height: 360, frames: 5 * 24, rate: '24/1' })
    assert.equal(inspected.audio?.codec_name, 'aac')
    assert.ok((await loudness(path, 0, 5)) < -60)
  })

  test('mp4-720p keeps a smaller picture as it is', async () => {
    const { task, path, headers, inspected } = await convert('ntsc', { preset: 'mp4-720p', uploadType: 'single' })
    assertPicture(inspected, { codec: 'h264', width: 320, height: 180, frames: 90, rate: '30000/1001' })
    assertTimes(task, inspected, 3.003)
    assert.equal(inspected.audio?.codec_name, 'aac')
    assert.ok((await loudness(path, 0.2, 2.8)) > -30)
    const boxes = await mp4Boxes(path)
    assert.ok(boxes.indexOf('moov') < boxes.indexOf('mdat'), `moov comes first in ${boxes}`)
    assert.equal(headers.get('content-type'), 'video/mp4')
  })

  test('mp4-720p leaves out a sound track that is not there, and the task says so of its source', async () => {
    const { task, inspected } = await convert('silent', { preset: 'mp4-720p' })
    assertPicture(inspected, { codec: 'h264', width: 320, height: 180, frames: 72, rate: '24/1' })
    assert.equal(inspected.audio, undefined)
    const { width, height, videoCodec, audioCodec, durationSeconds } = task.source ?? {}
    assert.deepEqual(
      { width, height, videoCodec, audioCodec, durationSeconds },
      { width: 320, height: 180, videoCodec: 'h264', audioCodec: null, durationSeconds: 3 },
    )
  })

  test('webm-720p makes VP9 and Opus, and names the download .webm', async () => {
    const { task, path, headers, inspected } = await convert('seven-seconds', {
      preset: 'webm-720p',
      fileName: 'spiel.mov',
    })
    assertPicture(inspected, { codec: 'vp9', width: 320, height: 180, frames: 210, rate: '30/1' })
    assertTimes(task, inspected, 7)
    assert.equal(inspected.audio?.codec_name, 'opus')
    assert.ok((await loudness(path, 0.2, 6.8)) > -30)
    assert.equal(headers.get('content-type'), 'video/webm')
    assert.equal(headers.get('content-disposition'), 'attachment; filename=spiel.webm')
  })

  test('progress rises at least every two seconds, never falls, and ends at 1', async () => {
    const { id } = await client.submit(await makeVideo('takes-a-while'), { preset: 'mp4-720p' })
    const seen: { progress: number; at: number; status: string }[] = []
    const settled = await client.settled(id, ({ progress, status }) =>
      seen.push({ progress, status, at: performance.now() }),
    )
    assert.equal(settled.error, null)
    assert.equal(settled.progress, 1)

    const rises = seen.filter(({ progress }, index) => progress > (seen[index - 1]?.progress ?? 0))
    assert.ok(rises.length >= 4, `it was seen to rise ${rises.length} times`)
    for (const [index, { progress }] of seen.entries()) {
      assert.ok(progress >= (seen[index - 1]?.progress ?? 0), `it fell: ${JSON.stringify(seen)}`)
    }
    // The first frames may take longer, and after the last ones the result is checked and stored.
    const whileEncoding = rises.filter(({ progress }) => progress < 1)
    const gaps = whileEncoding.slice(1).map(({ at }, index) => at - (whileEncoding[index]?.at ?? at))
    const tookMillis = (whileEncoding.at(-1)?.at ?? 0) - (whileEncoding[0]?.at ?? 0)
    // It is recorded within a second. On a machine that needs much longer for the whole of it, everything on the way takes longer.
    const longestMillis = Math.max(2_000, tookMillis / 4)
    assert.ok(Math.max(...gaps) < longestMillis, `the longest pause of ${tookMillis} ms was ${Math.max(...gaps)} ms`)
  })
})

const assertPicture = (
  { video }: Inspected,
  wanted: { codec: string; width: number; height: number; frames: number; rate: string },
) => {
  assert.deepEqual(
    {
      codec: video.codec_name,
      width: video.width,
      height: video.height,
      frames: video.nb_read_packets,
      rate: video.r_frame_rate,
    },
    wanted,
  )
  assert.equal(video.sample_aspect_ratio ?? '1:1', '1:1')
  assert.equal(video.pix_fmt, 'yuv420p')
  const { color_space, color_primaries, color_transfer } = video
  assert.deepEqual([color_space, color_primaries, color_transfer], ['bt709', 'bt709', 'bt709'])
}

/** The sound may outlast the picture by one of its frames. */
const assertTimes = (task: Task, { durationSeconds }: Inspected, seconds: number) => {
  assert.ok(Math.abs(durationSeconds - seconds) < 0.05, `${durationSeconds} s instead of ${seconds} s`)
  assert.ok(Math.abs((task.outputs[0]?.durationSeconds ?? 0) - seconds) < 0.05)
}

/** How much two grids differ in the mean of their cells. */
const difference = (one: number[], other: number[]): number =>
  one.reduce((sum, value, cell) => sum + Math.abs(value - (other[cell] ?? 0)), 0) / one.length
