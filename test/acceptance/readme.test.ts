import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { startTestStack } from '../support/stack.ts'

const run = promisify(execFile)
const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')

test('every call of "The API by curl" works as it is written, one after the other', async () => {
  const section = /\n## The API by curl\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? ''
  const blocks = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
  assert.ok(blocks.length >= 10, `only ${blocks.length} blocks found`)
  await using stack = await startTestStack()
  const directory = await mkdtemp(join(tmpdir(), 'reelway-readme-'))
  try {
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', blocks.join('\n')], {
      cwd: directory,
      env: { ...process.env, REELWAY: stack.webUrl },
      timeout: 480_000,
    })
    assert.match(stdout, /^completed 1$/m)
    assert.match(stdout, /^#EXT-X-STREAM-INF:/m)
    assert.ok((await stat(join(directory, 'converted.mp4'))).size > 10_000)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
})

test('every path in the tables and code of the README exists', async () => {
  const paths = [...readme.matchAll(/`((?:services|shared|infra|test)\/[\w./-]+)`/g)].map((match) => match[1] ?? '')
  const linked = [...readme.matchAll(/\]\(((?:services|shared|infra|test)\/?[\w./-]*)\)/g)].map(
    (match) => match[1] ?? '',
  )
  assert.ok(paths.length >= 7)
  for (const path of [...paths, ...linked]) await stat(new URL(`../../${path}`, import.meta.url))
})
