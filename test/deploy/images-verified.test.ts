import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { imagesFingerprint } from '../images/fingerprint.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const skip = existsSync('/usr/bin/buildah') ? false : 'npm run test:images needs buildah, which is not installed here'

test('the images were built and run since their Dockerfiles or the lock file changed last', { skip }, async () => {
  const { fingerprint } = JSON.parse(await readFile(join(root, 'test/images/verified.json'), 'utf8'))
  assert.equal(
    await imagesFingerprint(root),
    fingerprint,
    'run: npm run test:images, and commit test/images/verified.json',
  )
})
