import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { names } from '@reelway/local/cloud-resources.ts'
import { z } from 'zod'

const TRACE = 'logging.googleapis.com/trace'
const SPAN = 'logging.googleapis.com/spanId'
const SAMPLED = 'logging.googleapis.com/trace_sampled'

const line = z.looseObject({
  severity: z.enum(['DEBUG', 'INFO', 'NOTICE', 'WARNING', 'ERROR', 'CRITICAL', 'ALERT', 'EMERGENCY']),
  message: z.string(),
  metadata: z.record(z.string(), z.unknown()).default({}),
  [TRACE]: z
    .string()
    .regex(new RegExp(`^projects/${names.project}/traces/[0-9a-f]{32}$`))
    .optional(),
  [SPAN]: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  [SAMPLED]: z.boolean().optional(),
})

/** A line of a service's log as an entry of Cloud Logging; `trace` is the id alone. */
export type LogEntry = {
  severity: string
  trace: string | undefined
  resource: { type: 'cloud_run_revision'; labels: { service_name: string } }
  jsonPayload: { message: string; metadata: Record<string, unknown> }
}

/**
 * What a service of a local stack has logged so far, as Cloud Logging makes entries of it: some fields of the line become those
 * of the entry, the rest is its jsonPayload (https://cloud.google.com/logging/docs/structured-logging#special-payload-fields).
 * Throws when a line is not of that form.
 */
export const logEntries = async (directory: string, service: 'web' | 'batch'): Promise<LogEntry[]> => {
  const text = await readFile(join(directory, 'logs', `${service}.log`), 'utf8')
  return (
    text
      // A line that is being written is none yet.
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((it) => it !== '')
      // The library writes a line about itself first.
      .filter((it) => !it.includes('logging.googleapis.com/diagnostic'))
      .map((it) => line.parse(JSON.parse(it)))
      .map(({ severity, message, metadata, [TRACE]: trace }) => ({
        severity,
        trace: trace?.split('/').at(-1),
        resource: { type: 'cloud_run_revision', labels: { service_name: service } },
        jsonPayload: { message, metadata },
      }))
  )
}
