import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const program = fileURLToPath(new URL('join-long-film.ts', import.meta.url))

/** 2.6 million frames of 7 bytes, 2 million packets of 4, and what the engine takes besides (run: 71 and 86 MB in all). */
const MOST_BYTES = 128_000_000

test('a film of 12 h at 60 frames a second is laid out in less than 128 MB, as mp4 and as webm', async () => {
  const measure = (container: string) =>
    promisify(execFile)(process.execPath, ['--max-old-space-size=64', program, container])
  for (const { stdout } of await Promise.all(['mp4', 'webm'].map(measure))) {
    assert.ok(Number(stdout) > 0 && Number(stdout) < MOST_BYTES, `it took ${stdout.trim()} bytes`)
  }
})
