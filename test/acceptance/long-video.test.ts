import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { before, beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { databaseVariables } from '@reelway/shared/config.ts'
import { connectDatabase } from '@reelway/shared/db/connect.ts'
import { Client, downloadResult, type Task } from '../support/client.ts'
import { logEntries } from '../support/log-entries.ts'
import { makeVideo } from '../videos/make-video.ts'
import { inspectVideo, mp4Boxes } from './inspect-video.ts'
import { useStack } from './place.ts'
import { encoders, eventually, objectsOf, resultsOf, workFiles } from './watch-stack.ts'

/** A part may take 6 s then, and is stopped after 15. */
const ACK_DEADLINE_SECONDS = 20
const FRAMES = 3600

describe('a video that is too long for one delivery', () => {
  const place = useStack({
    push: { ackDeadlineSeconds: ACK_DEADLINE_SECONDS, backoffSeconds: { minimum: 0.2, maximum: 1 } },
    batchVariables: { FFMPEG_THREADS: '1' },
  })
  let client: Client
  let video: string
  before(async () => {
    client = await Client.signUp(place.stack.webUrl)
    video = await makeVideo('minute-of-60')
  })

  const logged = async (message: string, taskId: string) =>
    (await logEntries(place.stack.directory, 'batch'))
      .filter(({ jsonPayload }) => jsonPayload.message === message && jsonPayload.metadata.taskId === taskId)
      .map(({ jsonPayload }) => jsonPayload.metadata)

  const partRows = async (taskId: string): Promise<number> => {
    await using database = await openDatabase(place.stack.databaseUrl)
    return (await database.db.selectFrom('parts').select('id').where('taskId', '=', taskId).execute()).length
  }

  /** Makes batch believe that everything it encoded until now took so many times as long as was estimated. */
  const learned = async (factor: number): Promise<void> => {
    await using database = await openDatabase(place.stack.databaseUrl)
    const cost = { estimateSeconds: 10, encodeSeconds: 10 * factor }
    const costs = ['mp4-720p', 'webm-720p'].flatMap((preset) => Array(60).fill({ preset, ...cost }))
    await database.db.insertInto('encodeCosts').values(costs).execute()
  }

  // So a small minute is a long video, whose parts are made in no time even on a busy machine.
  beforeEach(() => learned(8))

  test('is encoded in parts and joined to one that plays, with its progress never going back', async () => {
    const { id } = await client.submit(video, { preset: 'mp4-720p' })
    const seen: number[] = []
    const disk = watchSize(join(place.stack.directory, 'work'))
    const task = await client.settled(id, ({ progress }) => seen.push(progress))
    const mostBytes = await disk.stop()
    assert.equal(task.error, null)
    assert.equal(task.status, 'completed')
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    )
    const [split] = await logged('task split', id)
    assert.ok(Number(split?.parts) >= 4, `it was cut into ${split?.parts}`)
    const resultBytes = task.outputs[0]?.sizeBytes ?? 0
    assert.ok(mostBytes > 0 && mostBytes < resultBytes / 2, `at most ${mostBytes} of ${resultBytes} bytes were on disk`)
    await assertWhole(task, join(place.folder, 'joined.mp4'))
    assert.deepEqual(await resultsOf(place.stack, id), [`outputs/${id}/${objectPath(task)}`])
    await eventually('no part is left', async () => (await partRows(id)) === 0)
    assert.deepEqual(await workFiles(place.stack), [])
  })

  test('is joined to a webm, too', async () => {
    const { id } = await client.submit(video, { preset: 'webm-720p' })
    const task = await client.settled(id)
    assert.equal(task.error, null)
    const path = join(place.folder, 'joined.webm')
    await downloadResult(task, path)
    const { video: picture, audio, durationSeconds } = await inspectVideo(path)
    assert.deepEqual([picture.codec_name, picture.nb_read_packets, audio?.codec_name], ['vp9', FRAMES, 'opus'])
    assert.ok(Math.abs(durationSeconds - 60) < 0.05, `it takes ${durationSeconds} s`)
    assert.ok((await logged('task split', id)).length === 1)
  })

  test('stops as a whole when it is cancelled, and leaves no part behind', async () => {
    const { id } = await client.submit(video, { preset: 'mp4-720p' })
    await eventually('a part is stored', async () => (await objectsOf(place.stack, 'outputs', id)).length > 0)
    await client.cancel(id)
    await eventually('no encoder works', async () => (await encoders(place.stack)).length === 0)
    await eventually('no object is left', async () => (await objectsOf(place.stack, 'outputs', id)).length === 0)
    await eventually('no part is left', async () => (await partRows(id)) === 0)
    assert.equal((await client.task(id)).status, 'cancelled')
  })

  test('fails as a whole, with the reason of the part that failed', async () => {
    const damaged = join(place.folder, 'damaged.mp4')
    await damageTheMiddle(video, damaged)
    const task = await client.convert(damaged, { preset: 'mp4-720p' })
    assert.equal(task.error?.code, 'source_undecodable')
    assert.equal(task.status, 'failed')
    await eventually('no object is left', async () => (await objectsOf(place.stack, 'outputs', task.id)).length === 0)
    await eventually('no encoder works', async () => (await encoders(place.stack)).length === 0)
  })

  test('is handed over and cut again when a part takes longer than was estimated', async () => {
    await learned(0.25)
    // Planned as one; but the storage is slow for longer than it may take.
    const object = /\/sources\//
    place.stack.storage.faults.add({
      match: { api: 'media', object },
      action: { kind: 'stall', ms: 6_000, afterBytes: 400_000 },
      times: 4,
    })
    const { id } = await client.submit(video, { preset: 'mp4-720p' })
    const task = await client.settled(id)
    assert.equal(task.error, null)
    const [split] = await logged('task split', id)
    assert.ok(Number(split?.parts) > Number(split?.pending), 'what was done when time was up was kept')
    await assertWhole(task, join(place.folder, 'handed-over.mp4'))
    assert.deepEqual(await resultsOf(place.stack, id), [`outputs/${id}/${objectPath(task)}`])
  })
})

/** Looks ten times a second how much lies in a folder; `stop` tells the most that was seen, in bytes. */
const watchSize = (folder: string): { stop: () => Promise<number> } => {
  const stopping = new AbortController()
  const watching = (async () => {
    let most = 0
    while (!stopping.signal.aborted) {
      most = Math.max(most, await sizeOf(folder))
      await sleep(100)
    }
    return most
  })()
  return {
    stop: () => {
      stopping.abort()
      return watching
    },
  }
}

/** What lies in a folder, in bytes. Folders and files may be gone at any moment. */
const sizeOf = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const sizes = await Promise.all(files.map(async (file) => (await stat(file).catch(() => undefined))?.size ?? 0))
  return sizes.reduce((sum, size) => sum + size, 0)
}

const openDatabase = async (url: string) => {
  const { db, close } = await connectDatabase(databaseVariables.parse({ DATABASE_URL: url }), () => undefined)
  return { db, [Symbol.asyncDispose]: close }
}

const assertWhole = async (task: Task, path: string): Promise<void> => {
  await downloadResult(task, path)
  const { video, audio, durationSeconds } = await inspectVideo(path)
  assert.deepEqual([video.codec_name, video.nb_read_packets, audio?.codec_name], ['h264', FRAMES, 'aac'])
  assert.ok(Math.abs(durationSeconds - 60) < 0.05, `it takes ${durationSeconds} s`)
  const boxes = await mp4Boxes(path)
  assert.ok(boxes.indexOf('moov') < boxes.indexOf('mdat'), `moov comes first in ${boxes}`)
  const { stderr } = await promisify(execFile)('ffmpeg', ['-v', 'warning', '-i', path, '-f', 'null', '-'])
  assert.equal(stderr, '')
}

/** The lease token and the file name of a task's only output. */
const objectPath = ({ outputs }: Task): string => {
  const path = /\/outputs\/[^/]+\/([^?]+)/.exec(decodeURIComponent(new URL(outputs[0]?.url ?? '').pathname))?.[1]
  if (path === undefined) throw new Error('the task has no output')
  return path
}

/** Writes a copy of a video whose bytes between 55 and 75 % are nothing. */
const damageTheMiddle = async (path: string, copy: string): Promise<void> => {
  await copyFile(path, copy)
  await using file = await open(copy, 'r+')
  const { size } = await file.stat()
  await file.write(Buffer.alloc(Math.floor(size * 0.2)), 0, null, Math.floor(size * 0.55))
}
