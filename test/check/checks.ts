import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { conventionBreaches } from './conventions.ts'

type Check = { name: string; run: () => Promise<string> }

const bin = (name: string) => `node_modules/.bin/${name}`

const checks: Check[] = [
  { name: 'types', run: () => output(bin('tsc'), ['-p', 'tsconfig.json']) },
  { name: 'lint and format', run: () => output(bin('biome'), ['ci', '--colors=off', '--max-diagnostics=20', '.']) },
  { name: 'dead code', run: () => output(bin('knip'), []) },
  { name: 'generated files', run: () => output(process.execPath, ['infra/readme/generate.ts', '--check']) },
  { name: 'conventions', run: conventionBreaches },
]

/** Runs every check and prints one line for each, with what it found. True when all are clean. */
export const runChecks = async (): Promise<boolean> => {
  const findings = await Promise.all(checks.map(({ run }) => run()))
  for (const [index, { name }] of checks.entries()) {
    const found = findings[index] ?? ''
    console.log(found === '' ? `ok    ${name}` : `FAILED ${name}\n${found}`)
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
