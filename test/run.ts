import { glob, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { ensureFfmpeg } from '@reelway/local/ensure-ffmpeg.ts'
import { ensurePage } from '../infra/page/ensure-page.ts'
import { runChecks } from './check/checks.ts'
import { startDatabaseServer } from './support/database-server.ts'
import { leftoverProcesses } from './support/leftover-processes.ts'

/** Three files at a time on the two processors that are the least that is expected: many wait, for leases and pauses, more than they work. */
const CONCURRENCY = 3
const FILE_TIMEOUT_MILLIS = 600_000

/**
 * npm test: all checks, then every test. `npm test -- test/acceptance` runs only the files below one folder, or one file,
 * without the checks. Fails, too, when a test leaves a process or a temporary file behind.
 */
const main = async (): Promise<boolean> => {
  const chosen = process.argv.slice(2)
  const folders =
    chosen.length > 0
      ? chosen
      : [
          'test/unit',
          'test/integration',
          'test/contract',
          'test/acceptance',
          'test/security',
          'test/deploy',
          'test/browser',
        ]
  await ensureFfmpeg(process.env)
  await ensurePage()
  if (chosen.length === 0 && !(await runChecks())) return false

  const directory = await mkdtemp(join(tmpdir(), 'reelway-test-'))
  process.env.REELWAY_TEST_VIDEOS ??= join(tmpdir(), 'reelway-videos')
  process.env.TMPDIR = directory
  // Every file, and every service that it starts, loads the same code: a third of the time of a start is spent on compiling it (run).
  process.env.NODE_COMPILE_CACHE = await mkdtemp(`${directory}-compiled-`)
  const server = await startDatabaseServer()
  process.env.REELWAY_TEST_DATABASE_SERVER = server.url
  const counts = await runTests((await Promise.all(folders.map(filesOf))).flat())
  await server.stop()

  const left = [...(await leftoverProcesses(directory)), ...(await readdir(directory))]
  for (const leftover of left) console.error(`left behind: ${leftover}`)
  for (const folder of [directory, process.env.NODE_COMPILE_CACHE]) await rm(folder, { recursive: true, force: true })
  const failed = counts.failed + left.length
  console.log(`${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped`)
  return failed === 0 && counts.passed > 0
}

const filesOf = async (place: string): Promise<string[]> =>
  place.endsWith('.ts') ? [place] : (await Array.fromAsync(glob(`${place}/**/*.test.ts`))).sort()

const runTests = async (files: string[]): Promise<{ passed: number; failed: number; skipped: number }> => {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const stream = run({ files, concurrency: CONCURRENCY, timeout: FILE_TIMEOUT_MILLIS })
  stream.on('test:summary', (summary) => {
    if (summary.file !== undefined) return
    const { tests, passed, skipped, todo } = summary.counts
    counts.passed = passed
    counts.failed = tests - passed - skipped - todo
    counts.skipped = skipped + todo
  })
  for await (const line of stream.compose(new spec())) process.stdout.write(line)
  return counts
}

process.exitCode = (await main()) ? 0 : 1
