import { execFileSync } from 'node:child_process'
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { ensurePage, PAGE_DIRECTORY } from '../../page/ensure-page.ts'
import { bundle } from './bundle.ts'
import { filesOf, type ServiceFiles } from './service-files.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/**
 * node infra/gcp/images/assemble.ts web|batch DIRECTORY [--programs-from-path]
 *
 * Puts everything that a service's image holds besides Node into DIRECTORY: the bundled code, the files that it reads, and the
 * packages that cannot be bundled, from the node_modules that npm ci made by the lock file. The Dockerfiles and the tests call it.
 * Fails when ffmpeg is not there. With --programs-from-path batch is assembled without: its host has them on PATH.
 */
const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'programs-from-path': { type: 'boolean', default: false } },
  })
  const [service, directory] = positionals
  if ((service !== 'web' && service !== 'batch') || directory === undefined) {
    throw new Error('usage: assemble.ts web|batch DIRECTORY [--programs-from-path]')
  }
  const files = filesOf(service, values['programs-from-path'])
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
  const notes = await Promise.all(files.programs.map((program) => noteProgram(program, directory)))
  if (notes.length > 0) await writeFile(join(directory, 'PROGRAMS.txt'), notes.join('\n'))
}

const packageFacts = z.object({ version: z.string(), license: z.string() })

/** Makes a program executable for whoever runs the image, starts it, and tells what it is. */
const noteProgram = async ({ path, from }: ServiceFiles['programs'][number], directory: string): Promise<string> => {
  const program = join(directory, 'node_modules', path)
  await chmod(program, 0o755).catch((cause: unknown) => {
    throw new Error(`${path} is missing: did the install script of ${from} run, and reach what it downloads?`, {
      cause,
    })
  })
  const about = execFileSync(program, ['-version'], { encoding: 'utf8' }).split('\n', 3).join('\n')
  const { version, license } = packageFacts.parse(
    JSON.parse(await readFile(join(ROOT, 'node_modules', from, 'package.json'), 'utf8')),
  )
  return `${path}, from the npm package ${from} ${version}, under ${license}:\n${about}\n`
}

await main()
