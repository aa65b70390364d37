import { z } from 'zod'

/** The answers to GET /health, /ready and /version, of both services. */
export const healthSchema = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' })

export const readySchema = z.strictObject({ status: z.literal('ready') }).meta({ id: 'Ready' })

export const versionSchema = z
  .strictObject({ service: z.string(), commit: z.string().describe('The commit that is running.') })
  .meta({ id: 'Version' })
