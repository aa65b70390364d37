import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { conventionBreaches } from './conventions.ts'
import { ensureShellcheck, shellScripts } from './shell-scripts.ts'

type Check = {
  name: string
  /** what it found; nothing when all is well */
  run: () => Promise<string>
  /** why it cannot be run here, if so */
  skip?: string | undefined
}

const bin = (name: string) => `node_modules/.bin/${name}`

const checks = (): Check[] => [
  { name: 'types', run: () => output(bin('tsc'), ['-p', 'tsconfig.json']) },
  { name: 'types of the page', run: () => output(bin('tsc'), ['-p', 'services/web/page/tsconfig.json']) },
  { name: 'lint and format', run: () => output(bin('biome'), ['ci', '--colors=off', '--max-diagnostics=20', '.']) },
  { name: 'dead code', run: () => output(bin('knip'), []) },
  { name: 'generated files', run: () => output(process.execPath, ['infra/readme/generate.ts', '--check']) },
  { name: 'conventions', run: conventionBreaches },
  {
    name: 'shell scripts',
    run: async () => output('shellcheck', ['-x', ...(await shellScripts())]),
    skip: ensureShellcheck(),
  },
]

/** Runs every check and prints one line for each, with what it found. True when all are clean. */
export const runChecks = async (): Promise<boolean> => {
  const all = checks()
  const findings = await Promise.all(all.map(({ run, skip }) => (skip === undefined ? run() : '')))
  for (const [index, { name, skip }] of all.entries()) {
    const found = findings[index] ?? ''
    if (skip !== undefined) console.log(`SKIPPED ${name}: ${skip}`)
    else console.log(found === '' ? `ok    ${name}` : `FAILED ${name}\n${found}`)
  }
  return findings.every((found) => found === '')
}

/** What a command wrote if it failed, else nothing. */
const output = async (command: string, args: string[]): Promise<string> => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const text: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => text.push(chunk.toString()))
  const [code] = await once(child, 'close')
  return code === 0 ? '' : text.join('') || `exit code ${code}`
}
