import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PAGE_MANIFEST, pageManifest } from '@reelway/web/site/page-file.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** Decide what is built, too, and are no module of it. */
const DECIDE = [
  'package-lock.json',
  'infra/page/build-page.ts',
  'infra/page/compress-page.ts',
  'services/web/page/index.html',
  'services/web/page/docs.html',
  'services/web/page/public/favicon.svg',
  'services/web/page/public/robots.txt',
]

/** Where web finds the built page; git ignores it. */
export const PAGE_DIRECTORY = join(ROOT, 'services/web/page/dist')

/**
 * Builds the page unless what is there was built from the same sources. Nobody sees half a page: it is built beside, and takes the place
 * of the one before as a whole.
 */
export const ensurePage = async (): Promise<void> => {
  if (await isCurrent()) return
  // Vite is large: only who builds waits for it.
  const { buildPage } = await import('./build-page.ts')
  const { compressPage } = await import('./compress-page.ts')
  await mkdir(dirname(PAGE_DIRECTORY), { recursive: true })
  const beside = await mkdtemp(`${PAGE_DIRECTORY}-`)
  try {
    const built = join(beside, 'new')
    const modules = await buildPage(ROOT, built)
    const sources = await digestsOf([...new Set([...DECIDE, ...modules])])
    const manifest = pageManifest.parse({ files: await compressPage(built), sources })
    await writeFile(join(built, PAGE_MANIFEST), JSON.stringify(manifest))
    await rename(PAGE_DIRECTORY, join(beside, 'old')).catch(unlessMissing)
    await rename(built, PAGE_DIRECTORY)
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
}

const isCurrent = async (): Promise<boolean> => {
  try {
    const { sources } = pageManifest.parse(JSON.parse(await readFile(join(PAGE_DIRECTORY, PAGE_MANIFEST), 'utf8')))
    const now = await digestsOf(Object.keys(sources))
    return (
      DECIDE.every((file) => file in sources) && Object.entries(sources).every(([file, digest]) => now[file] === digest)
    )
  } catch {
    // No page, or one of an older form, or a source that is gone: build.
    return false
  }
}

const digestsOf = async (files: string[]): Promise<Record<string, string>> =>
  Object.fromEntries(await Promise.all(files.map(async (file) => [file, await digestOf(join(ROOT, file))] as const)))

const digestOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('base64url')

const unlessMissing = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'ENOENT') throw error
}
