import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { promisify } from 'node:util'
import { numberedBytes } from './storage-assertions.ts'
import { openLocalPlace } from './storage-place.ts'

const CURL = '/usr/bin/curl'

it('curl uploads and downloads through signed URLs', { skip: !existsSync(CURL) && `no ${CURL}` }, async () => {
  const place = await openLocalPlace()
  const directory = await mkdtemp(join(tmpdir(), 'reelway-curl-'))
  try {
    const bytes = numberedBytes(3_000_000)
    await writeFile(join(directory, 'source'), bytes)
    const file = place.storage.bucket('contract').file('by curl.mp4')
    const expires = Date.now() + 60_000
    const headers = { 'x-goog-content-length-range': '0,3000000' }
    const [write] = await file.getSignedUrl({ version: 'v4', action: 'write', expires, extensionHeaders: headers })
    const [read] = await file.getSignedUrl({ version: 'v4', action: 'read', expires })
    const curl = promisify(execFile)
    const header = 'x-goog-content-length-range: 0,3000000'
    await curl(CURL, ['-fsS', '-T', join(directory, 'source'), '-H', header, write])
    await curl(CURL, ['-fsS', '-o', join(directory, 'copy'), read])
    assert.deepEqual(await readFile(join(directory, 'copy')), bytes)
  } finally {
    await rm(directory, { recursive: true })
    await place.close()
  }
})
