import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { explainExit } from '@reelway/batch/ffmpeg/explain.ts'
import { runFfmpeg } from '@reelway/batch/ffmpeg/run.ts'
import { scanArgs } from '@reelway/batch/ffmpeg/scan-args.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import { binaries, temporaryFolder } from './convert-video.ts'

const endless = (path: string, ...more: string[]) => [
  ...['-nostdin', '-y', '-v', 'warning', '-progress', 'pipe:1', '-stats_period', '0.1', '-re'],
  ...['-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=10', ...more, '-f', 'mpegts', path],
]
const limits = { wallClockLimitSeconds: 60, stallLimitSeconds: 30, signal: new AbortController().signal }

/** The ids of the programs that were started with this path among their arguments. */
const processesWith = async (path: string): Promise<number[]> => {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  // A process may be gone between the listing and the look at it.
  const commandLine = (id: string) => readFile(join('/proc', id, 'cmdline'), 'utf8').catch(() => '')
  const found = await Promise.all(
    ids.map(async (id) => ((await commandLine(id)).includes(path) ? Number(id) : undefined)),
  )
  return found.filter((id) => id !== undefined)
}

suite('runFfmpeg', { concurrency: 2 }, () => {
  test('an abort throws its own reason and leaves no ffmpeg behind', async () => {
    await using folder = await temporaryFolder()
    const { ffmpeg } = await binaries
    const output = join(folder.path, 'out.ts')
    const controller = new AbortController()
    const reason = new Error('the lease was lost')
    const onProgress = (frames: number) => frames > 0 && controller.abort(reason)
    const request = { ...limits, binary: ffmpeg, argv: endless(output), signal: controller.signal, onProgress }
    await assert.rejects(runFfmpeg(request), (error) => error === reason)
    assert.deepEqual(await processesWith(output), [])
  })

  test('a caller whose progress callback throws gets its own error, and no ffmpeg is left', async () => {
    await using folder = await temporaryFolder()
    const { ffmpeg } = await binaries
    const output = join(folder.path, 'out.ts')
    const onProgress = () => {
      throw new Error('the caller failed')
    }
    await assert.rejects(
      runFfmpeg({ ...limits, binary: ffmpeg, argv: endless(output), onProgress }),
      /the caller failed/,
    )
    assert.deepEqual(await processesWith(output), [])
  })

  test('a signal that has already been aborted starts nothing', async () => {
    const request = { ...limits, binary: '/nowhere', argv: [], signal: AbortSignal.abort(new Error('too late')) }
    await assert.rejects(runFfmpeg(request), /too late/)
  })

  test('the wall clock stops a run that makes progress', async () => {
    await using folder = await temporaryFolder()
    const { ffmpeg } = await binaries
    const output = join(folder.path, 'out.ts')
    const result = await runFfmpeg({ ...limits, binary: ffmpeg, argv: endless(output), wallClockLimitSeconds: 1 })
    assert.equal(result.kind, 'timed-out')
    assert.deepEqual(await processesWith(output), [])
  })

  test('a source that goes silent stalls the run, and even SIGTERM does not end it: it is killed all the same', async () => {
    const path = await makeVideo('plain')
    await using served = await serveFile(path, { kind: 'silent', atByte: 900_000 })
    const { ffmpeg } = await binaries
    const start = performance.now()
    const result = await runFfmpeg({
      ...limits,
      binary: ffmpeg,
      argv: scanArgs(served.url, [0]),
      stallLimitSeconds: 1.5,
    })
    assert.equal(result.kind, 'stalled')
    assert.ok(performance.now() - start < 40_000)
    assert.deepEqual(await processesWith(served.url), [])
  })

  test('a run that fails says how, and keeps only the end of its messages', async () => {
    const { ffmpeg } = await binaries
    const result = await runFfmpeg({ ...limits, binary: ffmpeg, argv: ['-nostdin', '-i', '/nowhere/nothing.mp4'] })
    assert.equal(result.kind, 'failed')
    assert.equal(result.kind === 'failed' && result.exitCode, 1)
    assert.match(result.stderrTail, /No such file or directory/)
    assert.ok(result.stderrTail.length <= 8192)
  })

  test('a result that did not fit on the disk is no result, although ffmpeg says that all went well', async () => {
    const { ffmpeg } = await binaries
    for (const format of ['webm', 'mp3', 'gif']) {
      const input = format === 'mp3' ? 'sine=duration=0.2' : 'testsrc2=size=64x64:duration=0.2'
      const argv = ['-nostdin', '-y', '-v', 'warning', '-f', 'lavfi', '-i', input, '-f', format, 'file:/dev/full']
      const result = await runFfmpeg({ ...limits, binary: ffmpeg, argv })
      assert.equal(result.kind, 'failed', format)
      assert.equal(result.kind === 'failed' && explainExit(result), 'out_of_disk', format)
    }
  })

  test('an encoder that is killed from outside is reported with the signal', async () => {
    await using folder = await temporaryFolder()
    const { ffmpeg } = await binaries
    const output = join(folder.path, 'out.ts')
    const kill = async () => {
      for (const id of await processesWith(output)) process.kill(id, 'SIGSEGV')
    }
    let killed: Promise<void> | undefined
    const onProgress = (frames: number) => {
      if (frames > 0) killed ??= kill()
    }
    const result = await runFfmpeg({ ...limits, binary: ffmpeg, argv: endless(output), onProgress })
    await killed
    assert.equal(result.kind === 'failed' && result.signalName, 'SIGSEGV')
  })

  test('a program that does not exist is an error, not a result', async () => {
    await assert.rejects(runFfmpeg({ ...limits, binary: '/nowhere/ffmpeg', argv: [] }), { code: 'ENOENT' })
  })

  test('the record of a source holds every packet of it, whatever its clock starts at', async () => {
    await using served = await serveFile(await makeVideo('from-the-air'))
    const { ffmpeg } = await binaries
    const result = await runFfmpeg({ ...limits, binary: ffmpeg, argv: scanArgs(served.url, [0]) })
    assert.equal(result.kind, 'finished')
    const [video] = result.kind === 'finished' ? result.sourceRecord : []
    assert.equal(video?.packets, 100)
    assert.ok(Math.abs(Number(video?.endSeconds) - 4) < 0.1, `${video?.endSeconds} s`)
  })
})
