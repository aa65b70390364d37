import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const DECIDE = [
  'services/*/Dockerfile',
  '.dockerignore',
  'package-lock.json',
  'services/*/package.json',
  'infra/gcp/images/*.ts',
  'infra/page/*.ts',
]

/** A hash of everything but the services' own code that decides what becomes of the images. */
export const imagesFingerprint = async (root: string): Promise<string> => {
  const files = (await Array.fromAsync(glob(DECIDE, { cwd: root }))).sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\n`).update(await readFile(join(root, file)))
  return hash.digest('hex')
}
