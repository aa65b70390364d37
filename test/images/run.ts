import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { imagesFingerprint } from './fingerprint.ts'
import { verifyImages } from './verify-images.ts'

/**
 * npm run test:images: builds both images, starts them and converts a video with them; then writes down for which Dockerfiles and
 * lock file it did (verified.json, which a test of every run compares). Takes minutes: for changes of those. Needs root on Linux,
 * buildah and debootstrap, and says so where they are missing.
 */
const root = fileURLToPath(new URL('../../', import.meta.url))

const found = (program: string): boolean =>
  `${process.env.PATH}:/usr/sbin`.split(delimiter).some((folder) => existsSync(join(folder, program)))

const missing = ['buildah', 'debootstrap', 'unshare', 'chroot'].filter((program) => !found(program))
if (process.getuid?.() !== 0) missing.unshift('root')
if (missing.length > 0) {
  console.log(`skipped: the images are built and started with ${missing.join(', ')}, which is missing here`)
} else {
  const fingerprint = await imagesFingerprint(root)
  const facts = await verifyImages(root, process.env.REELWAY_TEST_IMAGES ?? join(tmpdir(), 'reelway-images'))
  const record = { fingerprint, date: new Date().toISOString().slice(0, 10), ...facts }
  await writeFile(join(root, 'test/images/verified.json'), `${JSON.stringify(record, undefined, 2)}\n`)
}
