import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { names } from '@reelway/local/cloud-resources.ts'
import { Client, type NewTask, type Task } from '../support/client.ts'
import { useStack } from './place.ts'
import { encoders, memoryOf, workFiles } from './watch-stack.ts'

const MEGABYTE = 1_000_000

type Peaks = { encoderBytes: number; batchBytes: number; diskBytes: number }

describe('what a conversion uses', () => {
  const place = useStack()
  let client: Client
  let short: string
  let long: string
  before(async () => {
    client = await Client.signUp(place.stack.webUrl)
    short = join(place.folder, 'short.avi')
    long = join(place.folder, 'long.avi')
    await makeHeavyVideo(short, 3)
    await makeHeavyVideo(long, 120)
  })

  const convert = async (path: string, options: NewTask): Promise<{ task: Task; peaks: Peaks; fetched: number }> => {
    const { id } = await client.submit(path, options)
    const watching = new AbortController()
    const watched = watch(watching.signal)
    const task = await client.settled(id)
    watching.abort()
    assert.equal(task.error, null)
    return {
      task,
      peaks: await watched,
      fetched: place.stack.storage.faults.served(names.uploadsBucket, `sources/${id}`).bytes,
    }
  }

  const watch = async (signal: AbortSignal): Promise<Peaks> => {
    const { stack } = place
    const peaks = { encoderBytes: 0, batchBytes: 0, diskBytes: 0 }
    while (!signal.aborted) {
      const [encoder] = await encoders(stack)
      peaks.encoderBytes = Math.max(peaks.encoderBytes, encoder === undefined ? 0 : await memoryOf(encoder, 'VmHWM'))
      peaks.batchBytes = Math.max(peaks.batchBytes, await memoryOf(stack.batch.pid, 'VmRSS'))
      peaks.diskBytes = Math.max(peaks.diskBytes, await diskUse(join(stack.directory, 'work'), await workFiles(stack)))
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return peaks
  }

  test('a video of a hundred megabytes takes as much memory as a short one, and only its result and some of its key frames of the disk', async () => {
    const size = (await stat(long)).size
    assert.ok(size > 80 * MEGABYTE, `the test video has ${size} bytes`)
    await convert(short, { preset: 'league' })
    const little = await convert(short, { preset: 'mp4-720p' })
    const much = await convert(long, { preset: 'mp4-720p' })
    assert.ok(much.fetched > size * 0.9, 'all of it was read')
    const resultBytes = much.task.outputs[0]?.sizeBytes ?? 0
    // Moving the index to the front takes no second file. A key frame of every fourth second or so lies beside it for the previews.
    assert.ok(much.peaks.diskBytes < 1.25 * resultBytes + 2 * MEGABYTE, `${much.peaks.diskBytes} bytes of disk`)
    assert.ok(resultBytes < size / 2)
    assert.ok(little.peaks.encoderBytes > 0 && much.peaks.encoderBytes > 0)
    const encoderGrowth = much.peaks.encoderBytes - little.peaks.encoderBytes
    assert.ok(encoderGrowth < 40 * MEGABYTE, `ffmpeg grew by ${encoderGrowth} bytes`)
    const batchGrowth = much.peaks.batchBytes - little.peaks.batchBytes
    assert.ok(batchGrowth < 60 * MEGABYTE, `batch grew by ${batchGrowth} bytes`)
  })

  test('league fetches a share of a long video no larger than what it shows of it, and a little', async () => {
    const size = (await stat(long)).size
    const { fetched } = await convert(long, { preset: 'league' })
    // 18 of 120 seconds are 15 %; the rest lay in buffers when a reader hung up.
    assert.ok(fetched < size * 0.5, `${fetched} of ${size} bytes`)
  })
})

/** A video of much noise that is cheap to make and to decode: about a megabyte a second. */
const makeHeavyVideo = async (path: string, seconds: number): Promise<void> => {
  await promisify(execFile)('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=15:duration=${seconds}`],
    ...['-vf', 'noise=alls=60:allf=t', '-c:v', 'mjpeg', '-q:v', '1', '-pix_fmt', 'yuvj422p', path],
  ])
}

// Files come and go while we look.
const diskUse = async (folder: string, files: string[]): Promise<number> => {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(join(folder, file)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
