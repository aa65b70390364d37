import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { z } from 'zod'

const named = z.object({
  CANDIDATE_TAG: z.string(),
  PUSH_ACCOUNT: z.string(),
  SCHEDULER_ACCOUNT: z.string(),
  PUSH_AUDIENCE: z.string(),
})

/** The names that a deployment on Google Cloud has, from infra/gcp/names.env: the local stack uses the same ones. */
export const gcpNames = named.parse(parseEnv(readFileSync(new URL('../gcp/names.env', import.meta.url), 'utf8')))
