import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { promisify } from 'node:util'

// Uploads of 1 MiB where a file can only have 600 KiB; then, in the same session, other bytes that do fit.
const UPLOADS = `
  const { startStorageServer } = await import(process.argv[1])
  const server = await startStorageServer({ directory: process.argv[2], signers: new Map(), publishNotification: async () => undefined })
  const api = server.url + '/storage/v1/b'
  const upload = server.url + '/upload/storage/v1/b/full/o?name=x&uploadType='
  await fetch(api, { method: 'POST', body: JSON.stringify({ name: 'full' }) })
  const kib = (count, text) => Buffer.alloc(count * 1024, text)
  const single = await fetch(upload + 'media', { method: 'POST', body: kib(620, 'a') })
  const started = await fetch(upload + 'resumable', { method: 'POST' })
  const put = (body, range) => fetch(started.headers.get('location'), { method: 'PUT', body, headers: { 'content-range': range } })
  const first = await put(kib(256, 'a'), 'bytes 0-262143/*')
  const tooMuch = await put(kib(768, 'b'), 'bytes 262144-1048575/1048576')
  const kept = await put('', 'bytes */*')
  const last = await put(kib(10, 'c'), 'bytes 262144-272383/272384')
  const { md5Hash } = await last.json()
  console.log(JSON.stringify({
    statuses: [single, first, tooMuch, kept, last].map(({ status }) => status), kept: kept.headers.get('range'), md5Hash,
  }))
  await server.close()`

it('the local Cloud Storage on a full disk makes no object of a part, and a session can go on', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'reelway-full-'))
  try {
    // A limit on the size of files, in blocks of 512 bytes, ends a write in the middle, as a full disk does.
    const { stdout } = await promisify(execFile)(
      'sh',
      [
        '-c',
        'ulimit -f 1200; exec "$0" --input-type=module -e "$1" "$2" "$3"',
        process.execPath,
        UPLOADS,
        new URL('../../infra/local/storage/server.ts', import.meta.url).href,
        directory,
      ],
      { timeout: 60_000 },
    )
    const bytes = Buffer.concat([Buffer.alloc(256 * 1024, 'a'), Buffer.alloc(10 * 1024, 'c')])
    assert.deepEqual(JSON.parse(stdout), {
      statuses: [500, 308, 500, 308, 200],
      kept: 'bytes=0-262143',
      md5Hash: createHash('md5').update(bytes).digest('base64'),
    })
  } finally {
    await rm(directory, { recursive: true })
  }
})
