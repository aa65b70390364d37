import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname, posix } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const MOST_LINES = 250

/** Rules of this repository that no linter knows: which file breaks which, one a line; nothing when all is well. */
export const conventionBreaches = async (): Promise<string> => {
  const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'])
  const files = stdout.split('\n').filter((file) => file !== '')
  const breaches = await Promise.all(files.map(async (file) => breachesIn(file, await readText(file))))
  return breaches.flat().join('\n')
}

const isProduct = (file: string) => file.startsWith('shared/') || file.startsWith('services/')

const breachesIn = (file: string, text: string): string[] => {
  const breaches: string[] = []
  const lines = text.split('\n')
  if (lines.length - 1 > MOST_LINES) breaches.push(`${file}: has more than ${MOST_LINES} lines`)
  if (/(^|\/)(index|utils?|helpers?|common|types|managers?|services?)\.tsx?$/.test(file)) {
    breaches.push(`${file}: is named after nothing in particular`)
  }
  if (isProduct(file) && !file.endsWith('/main.ts') && text.includes('process.env')) {
    breaches.push(`${file}: reads process.env; only main.ts may`)
  }
  if (isProduct(file) && !file.startsWith('services/batch/ffmpeg/') && /['"`]-[a-z_]+['"`]/.test(text)) {
    breaches.push(`${file}: holds an ffmpeg flag; they live in services/batch/ffmpeg/`)
  }
  if (isProduct(file) && !file.startsWith('shared/db/') && /^import (?!type )[^\n]*from 'kysely'/m.test(text)) {
    breaches.push(`${file}: calls kysely; only shared/db/ may`)
  }
  if (file.startsWith('services/web/') && text.includes('@reelway/batch')) breaches.push(`${file}: web imports batch`)
  if (file.startsWith('services/web/page/') && takesMoreThanTypes(file, text))
    breaches.push(`${file}: the page takes types and plain data from elsewhere, nothing that runs`)
  if (file.startsWith('services/batch/') && text.includes('@reelway/web')) breaches.push(`${file}: batch imports web`)
  if (file.startsWith('shared/') && /@reelway\/(web|batch|local)/.test(text))
    breaches.push(`${file}: shared imports a service`)
  return [...breaches, ...repeatedTitles(file, text)]
}

/** What of shared/ is data alone, or imports nothing else. */
const PLAIN = /^@reelway\/shared\/(task-status|uploads\/source-extensions|errors\/[a-z-]*(errors|catalogue))\.ts$/

const takesMoreThanTypes = (file: string, text: string): boolean =>
  [...text.matchAll(/^import (?!type )[^\n]*?'([^']+)'/gm)].some(([, from = '']) => {
    if (from.startsWith('@reelway/')) return !PLAIN.test(from)
    return from.startsWith('.') && !posix.join(dirname(file), from).startsWith('services/web/page/')
  })

const repeatedTitles = (file: string, text: string): string[] => {
  if (!file.endsWith('.test.ts')) return []
  const titles = [...text.matchAll(/^\s*(?:test|it)\(\s*'((?:[^'\\]|\\.)*)'/gm)].map((match) => match[1] ?? '')
  return titles
    .filter((title, index) => titles.indexOf(title) !== index)
    .map((title) => `${file}: two tests have the title "${title}"`)
}

// Deleted in the work tree, but still in git's index.
const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
