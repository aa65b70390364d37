import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Runs a command and returns what it wrote to stdout, trimmed. Throws with the end of all that it wrote when it fails. */
export const command = async (program: string, args: string[]): Promise<string> => {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let all = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
    all += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    all += chunk.toString()
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${program} ${args.slice(0, 3).join(' ')} failed with ${code}:\n${all.slice(-4000)}`)
  return stdout.trim()
}
