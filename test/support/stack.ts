import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@reelway/local/free-port.ts'
import { localDefaults } from '@reelway/local/local-defaults.ts'
import { type Stack, startStack } from '@reelway/local/stack.ts'
import type { StackOptions } from '@reelway/local/stack-options.ts'

/** A whole stack of its own for one test file, with short pauses; `await using` stops it and removes its data. */
export const startTestStack = async (options: Partial<StackOptions> = {}): Promise<Stack & { directory: string }> => {
  const directory = await mkdtemp(join(tmpdir(), 'reelway-stack-'))
  const stack = await startStack({
    ...localDefaults,
    durable: false,
    reapSeconds: 2,
    push: { backoffSeconds: { minimum: 0.2, maximum: 1 } },
    directory,
    // Where it is started anew, too: of its own choice the system might give the port to somebody else meanwhile.
    webPort: await freePort(),
    ...options,
  })
  const dispose = stack[Symbol.asyncDispose]
  return Object.assign(stack, {
    directory,
    [Symbol.asyncDispose]: async () => {
      await dispose()
      await rm(directory, { recursive: true, force: true })
    },
  })
}
