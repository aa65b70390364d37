import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { startTethered, type TetheredProcess } from './tethered-process.ts'

export type ServiceProcess = {
  process: TetheredProcess
  url: string
  /** of the service itself, not of its tether */
  pid: number
}

/**
 * Starts web or batch, from its source unless another command is given, and waits until it says that it listens and answers
 * /ready. `label` tells several processes of a service apart.
 */
export const startService = async (
  name: 'web' | 'batch',
  logFile: string,
  environment: Record<string, string>,
  command: string[] = fromSource(name),
  label: string = name,
): Promise<ServiceProcess> => {
  const { process: service, ready } = await startTethered({
    name: label,
    stopSignal: 'SIGTERM',
    command,
    environment,
    logFile,
    readReady: readListening,
  })
  const url = `http://127.0.0.1:${ready.port}`
  const answer = await fetch(`${url}/ready`)
  if (!answer.ok) {
    await service.stop()
    throw new Error(`${name} is not ready: ${await answer.text()}`)
  }
  return { process: service, url, pid: ready.pid }
}

const fromSource = (name: 'web' | 'batch'): string[] => [
  process.execPath,
  fileURLToPath(new URL(`../../services/${name}/main.ts`, import.meta.url)),
]

// The line that serve() logs (shared/http/server.ts).
const listening = z.object({
  message: z.literal('listening'),
  metadata: z.object({ port: z.int(), pid: z.int() }),
})

const readListening = (line: string): { port: number; pid: number } | undefined => {
  if (!line.startsWith('{')) return undefined
  const parsed = listening.safeParse(JSON.parse(line))
  return parsed.success ? parsed.data.metadata : undefined
}
