import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { withoutGcloud } from '../support/google-cloud/without-gcloud.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

test('a build that is sent by hand has all that its checks need, and none of what git ignores', {
  skip: withoutGcloud,
}, async () => {
  const configuration = await mkdtemp(join(tmpdir(), 'reelway-gcloud-'))
  try {
    const { stdout } = await promisify(execFile)('gcloud', ['meta', 'list-files-for-upload', root], {
      env: { ...process.env, CLOUDSDK_CONFIG: configuration },
      maxBuffer: 16 * 1024 * 1024,
    })
    const files = stdout.trim().split('\n')
    // Without .gitignore the linter would read node_modules, which the checks install.
    for (const needed of ['.gitignore', '.npmrc', '.dockerignore', '.shellcheckrc', '.ci/run', 'cloudbuild.yaml']) {
      assert.ok(files.includes(needed), needed)
    }
    assert.deepEqual(
      files.filter((file) => /^(\.git|node_modules|\.reelway)\//.test(file)),
      [],
    )
  } finally {
    await rm(configuration, { recursive: true, force: true })
  }
})
