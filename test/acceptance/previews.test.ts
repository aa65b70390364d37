import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { readJpeg } from '@reelway/batch/verify/read-jpeg.ts'
import { readWebp } from '@reelway/batch/verify/read-webp.ts'
import { callerOf } from '../support/call.ts'
import { Client, type Task } from '../support/client.ts'
import { makeVideo } from '../videos/make-video.ts'
import { usePlace } from './place.ts'

describe('a completed task', () => {
  const place = usePlace()
  let client: Client
  before(async () => {
    client = await Client.signUp(place.baseUrl)
  })

  /** The size of a picture at an address that needs no token. */
  const sizeAt = async (url: string | undefined, contentType: string): Promise<string> => {
    const response = await fetch(url ?? '')
    assert.equal(response.status, 200, await response.clone().text())
    assert.equal(response.headers.get('content-type'), contentType)
    const bytes = Buffer.from(await response.arrayBuffer())
    const picture = contentType === 'image/webp' ? readWebp(bytes) : readJpeg(bytes)
    return `${picture?.width}x${picture?.height}`
  }

  const cuesOf = async ({ storyboard }: Task) => {
    const { text } = await callerOf(place.baseUrl)('GET', storyboard?.url ?? '', { token: client.accessToken })
    const cues = [...text.matchAll(/^00:00:(\S+) --> 00:00:(\S+)\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)$/gm)]
    return cues.map(([, from, to, url, ...place]) => ({
      from: Number(from),
      to: Number(to),
      url,
      place: place.map(Number),
    }))
  }

  test('of a video has a poster, and a storyboard without a gap whose pictures lie in one that can be fetched', async () => {
    const task = await client.convert(await makeVideo('seven-seconds'), { preset: 'mp4-360p' })
    assert.equal(task.error, null)
    assert.deepEqual([task.poster?.width, task.poster?.height], [320, 180])
    assert.equal(await sizeAt(task.poster?.url, 'image/jpeg'), '320x180')
    assert.equal(await sizeAt(task.poster?.webpUrl, 'image/webp'), '320x180')

    const cues = await cuesOf(task)
    assert.equal(cues.length, task.storyboard?.tiles)
    assert.ok(cues.length > 1)
    assert.equal(cues[0]?.from, 0)
    for (const [index, { from }] of cues.entries()) if (index > 0) assert.equal(from, cues[index - 1]?.to)
    assert.ok(Math.abs((cues.at(-1)?.to ?? 0) - (task.outputs[0]?.durationSeconds ?? 0)) < 0.002)
    const [width, height] = (await sizeAt(cues[0].url, 'image/jpeg')).split('x').map(Number)
    for (const {
      place: [x = 0, y = 0, w = 0, h = 0],
    } of cues) {
      assert.deepEqual([w, h], [task.storyboard?.tileWidth, task.storyboard?.tileHeight])
      assert.ok(x + w <= (width ?? 0) && y + h <= (height ?? 0), `${x},${y} of ${width}x${height}`)
    }
  })

  for (const preset of ['gif', 'webp', 'poster']) {
    test(`of the preset ${preset} has a poster and no storyboard`, async () => {
      const task = await client.convert(await makeVideo('patches'), { preset })
      assert.equal(task.error, null)
      const size = `${task.outputs[0]?.width}x${task.outputs[0]?.height}`
      assert.equal(await sizeAt(task.poster?.url, 'image/jpeg'), size)
      assert.equal(await sizeAt(task.poster?.webpUrl, 'image/webp'), size)
      assert.equal(task.storyboard, null)
    })
  }
})
