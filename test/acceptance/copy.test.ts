import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { Client, downloadResult } from '../support/client.ts'
import { makeVideo } from '../videos/make-video.ts'
import { mp4Boxes } from './inspect-video.ts'
import { usePlace } from './place.ts'

/** A checksum of each packet of the picture, as it is stored: nothing is decoded. */
const picturePackets = async (path: string): Promise<string[]> => {
  const argv = ['-v', 'error', '-i', path, '-map', '0:v:0', '-c', 'copy', '-f', 'framemd5', '-']
  const { stdout } = await promisify(execFile)('ffmpeg', argv)
  const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => line.split(',').at(-1)?.trim() ?? '')
}

describe('a video that already is what was asked for is copied', () => {
  const place = usePlace()
  let client: Client
  before(async () => {
    client = await Client.signUp(place.baseUrl)
  })

  test('the task says so, and every packet of the picture is that of the upload', async () => {
    const source = await makeVideo('already-right')
    const task = await client.convert(source, { preset: 'mp4-720p' })
    assert.equal(task.error, null)
    assert.equal(task.outputs[0]?.copied, true)
    assert.equal(task.outputs[0].startsAtSeconds, null)
    assert.ok(Math.abs((task.outputs[0].durationSeconds ?? 0) - 6) < 0.05)
    assert.deepEqual([task.poster?.width, task.poster?.height], [task.outputs[0].width, task.outputs[0].height])
    assert.ok((task.storyboard?.tiles ?? 0) > 1)
    const path = join(place.folder, 'copied.mp4')
    await downloadResult(task, path)
    const packets = await picturePackets(path)
    assert.equal(packets.length, 180)
    assert.deepEqual(packets, await picturePackets(source))
    const boxes = await mp4Boxes(path)
    assert.ok(boxes.indexOf('moov') < boxes.indexOf('mdat'), `moov comes first in ${boxes}`)
  })

  test('a trim at key frames says where it begins', async () => {
    const options = { trim: { startSeconds: 2, endSeconds: 4.5, atKeyframes: true } }
    const task = await client.convert(await makeVideo('already-right'), { preset: 'mp4-720p', options })
    assert.equal(task.error, null)
    assert.equal(task.outputs[0]?.copied, true)
    assert.equal(task.outputs[0].startsAtSeconds, 1.5)
  })

  test('one that only seems to be right is encoded in the same attempt, and the task says that it was', async () => {
    const task = await client.convert(await makeVideo('right-rare-keys'), { preset: 'mp4-720p' })
    assert.equal(task.error, null)
    assert.equal(task.attempts, 1)
    assert.equal(task.outputs[0]?.copied, false)
    assert.ok(Math.abs((task.outputs[0].durationSeconds ?? 0) - 14) < 0.05)
  })
})
