import { type RequestHandler, Router } from 'express'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { checkDatabase } from '../db/check.ts'
import type { Database } from '../db/schema.ts'
import { reelwayError } from '../errors/reelway-error.ts'
import { allow } from './allow.ts'
import type { healthSchema, readySchema, versionSchema } from './operations-schema.ts'

/**
 * The routes that operate a service: /health (the process answers), /ready (the database does too), /version. No path ends in
 * z: Cloud Run's front end keeps those for itself.
 */
export const operations = (db: Kysely<Database>, version: z.infer<typeof versionSchema>): Router =>
  Router()
    .get('/health', (_request, response) => void response.json({ status: 'ok' } satisfies z.infer<typeof healthSchema>))
    .get('/ready', ready(db))
    .get('/version', (_request, response) => void response.json(version))
    .all(['/health', '/ready', '/version'], allow('GET'))

const ready =
  (db: Kysely<Database>): RequestHandler =>
  async (_request, response) => {
    try {
      await checkDatabase(db)
    } catch (cause) {
      throw reelwayError('not_ready', undefined, { cause })
    }
    response.json({ status: 'ready' } satisfies z.infer<typeof readySchema>)
  }
