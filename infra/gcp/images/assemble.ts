import { cp, mkdir, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { ensurePage, PAGE_DIRECTORY } from '../../page/ensure-page.ts'
import { bundle } from './bundle.ts'
import { filesOf } from './service-files.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/**
 * node infra/gcp/images/assemble.ts web|batch DIRECTORY
 *
 * Puts everything that a service's image holds besides Node and the system's programs into DIRECTORY: the bundled code, the files that it
 * reads, and the packages that cannot be bundled, from the node_modules that npm ci made by the lock file. The Dockerfiles and the tests
 * call it.
 */
const main = async (): Promise<void> => {
  const [service, directory] = process.argv.slice(2)
  if ((service !== 'web' && service !== 'batch') || directory === undefined) {
    throw new Error('usage: assemble.ts web|batch DIRECTORY')
  }
  const files = filesOf(service)
  await mkdir(directory, { recursive: true })
  await bundle({
    root: ROOT,
    directory: resolve(directory),
    entries: Object.entries(files.entries).map(([out, path]) => ({ in: path, out })),
    external: files.packages,
  })
  await writeFile(join(directory, 'package.json'), '{"type":"module"}\n')
  if (files.page) {
    await ensurePage()
    await cp(PAGE_DIRECTORY, join(directory, 'page/dist'), { recursive: true })
  }
  for (const file of files.read) await cp(join(ROOT, file), join(directory, basename(file)))
  for (const name of files.packages) {
    const from = join(ROOT, 'node_modules', name)
    await cp(from, join(directory, 'node_modules', name), { recursive: true }).catch((cause: unknown) => {
      throw new Error(`The package ${name} is not installed: ${service} needs it.`, { cause })
    })
  }
}

await main()
