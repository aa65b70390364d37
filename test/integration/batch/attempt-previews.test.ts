import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { findBinaries } from '@reelway/batch/ffmpeg/binaries.ts'
import { LeaseLost, ShuttingDown } from '@reelway/batch/lease.ts'
import { attemptPreviews } from '@reelway/batch/previews/attempt-previews.ts'
import { createLogger, transports } from 'winston'
import { type LocalPlace, openLocalPlace } from '../../contract/storage-place.ts'
import { openPreviewPlace } from './preview-place.ts'

let storage: LocalPlace
before(async () => {
  storage = await openLocalPlace()
})
after(() => storage.close())

const heldSince = (seconds: number, signal = new AbortController().signal) => ({
  lease: { jobId: 'job', taskId: 'task', token: 'token', attempts: 1 },
  signal,
  ageSeconds: () => seconds,
  report: () => undefined,
  [Symbol.asyncDispose]: async () => undefined,
})

const depsIn = async (workDirectory: string, ackDeadlineSeconds = 600) => ({
  binaries: await findBinaries({ searchPath: process.env.PATH }),
  outputs: storage.storage.bucket('contract'),
  logger: createLogger({ transports: [new transports.Console({ silent: true })] }),
  config: { ACK_DEADLINE_SECONDS: ackDeadlineSeconds },
  workDirectory,
})

describe('no previews are made, and nothing is thrown or left on the disk,', () => {
  test('when making them fails', async () => {
    await using place = await openPreviewPlace()
    const made = await attemptPreviews(await depsIn(place.folder), heldSince(0), async ({ folder }) => {
      await writeFile(join(folder, 'half.jpg'), 'half')
      throw new Error('it failed')
    })
    assert.equal(made, null)
    assert.deepEqual(await readdir(place.folder), [])
  })

  test('when it takes longer than its share of the ack deadline', async () => {
    await using place = await openPreviewPlace()
    const made = await attemptPreviews(await depsIn(place.folder, 10), heldSince(0), async ({ signal }) => {
      await sleep(60_000, undefined, { signal })
      return { poster: null, sprite: null }
    })
    assert.equal(made, null)
  })

  test('when the conversion has left no time for it', async () => {
    await using place = await openPreviewPlace()
    let wasTried = false
    const made = await attemptPreviews(await depsIn(place.folder), heldSince(539.5), async () => {
      wasTried = true
      return { poster: null, sprite: null }
    })
    assert.deepEqual([made, wasTried], [null, false])
  })
})

test('work on previews ends at once when the lease is lost, with that reason', async () => {
  await using place = await openPreviewPlace()
  const lost = new AbortController()
  const work = attemptPreviews(await depsIn(place.folder), heldSince(0, lost.signal), async ({ signal }) => {
    lost.abort(new LeaseLost('taken over'))
    signal.throwIfAborted()
    return { poster: null, sprite: null }
  })
  await assert.rejects(work, LeaseLost)
  assert.deepEqual(await readdir(place.folder), [])
})

test('a result that is finished is not given up because its instance stops: it has no previews', async () => {
  await using place = await openPreviewPlace()
  const stopping = new AbortController()
  const made = await attemptPreviews(await depsIn(place.folder), heldSince(0, stopping.signal), async ({ signal }) => {
    stopping.abort(new ShuttingDown('the instance is stopping'))
    signal.throwIfAborted()
    return { poster: null, sprite: null }
  })
  assert.equal(made, null)
})
