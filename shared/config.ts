import { z } from 'zod'
import { DEFAULT_PORT } from './http/listen-early.ts'

/** What web and batch both need to know: which project, which database, which buckets and topic. */
export const commonVariables = {
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(DEFAULT_PORT)
    .describe('port to listen on; 0 lets the system choose'),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug']).default('info').describe('least severe level that is logged'),
  GOOGLE_CLOUD_PROJECT: z.string().min(1).describe('project id of Google Cloud'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('PostgreSQL by address; leave out when INSTANCE_CONNECTION_NAME is given'),
  INSTANCE_CONNECTION_NAME: z
    .string()
    .regex(/^[^:]+:[^:]+:[^:]+$/, 'must be PROJECT:REGION:INSTANCE')
    .optional()
    .describe('PostgreSQL by Cloud SQL connector, as PROJECT:REGION:INSTANCE, with IAM log-in'),
  DB_USER: z.string().min(1).optional().describe('IAM database user, with INSTANCE_CONNECTION_NAME'),
  DB_NAME: z.string().min(1).default('reelway').describe('database name, with INSTANCE_CONNECTION_NAME'),
  DB_IP_TYPE: z
    .enum(['PRIVATE', 'PUBLIC', 'PSC'])
    .default('PRIVATE')
    .describe('which address of the instance to use, with INSTANCE_CONNECTION_NAME'),
  DB_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(4).describe('most connections to the database'),
  UPLOADS_BUCKET: z.string().min(3).describe('bucket that receives the uploaded videos'),
  OUTPUTS_BUCKET: z.string().min(3).describe('bucket that keeps the results'),
  STORAGE_ENDPOINT: z.url().optional().describe('another address of Cloud Storage; leave out on Google Cloud'),
  JOBS_TOPIC: z.string().min(3).default('jobs').describe('Pub/Sub topic that jobs are published to'),
  JOBS_CANDIDATE_TOPIC: z
    .string()
    .min(3)
    .default('jobs-candidate')
    .describe('Pub/Sub topic of the jobs that the candidate revision of a deployment works on'),
  // Twice the instances of batch (infra/gcp/run/batch.yaml): each has its next job waiting for it in Pub/Sub.
  DISPATCH_WINDOW: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(5)
    .describe(
      'most jobs that are published or running at a time, so that the turns of users are kept: the instances of batch',
    ),
}

/** What a program reads that does one thing to the database and ends: the migration, a redrive. */
export const databaseJobVariables = {
  GOOGLE_CLOUD_PROJECT: commonVariables.GOOGLE_CLOUD_PROJECT,
  LOG_LEVEL: commonVariables.LOG_LEVEL,
  DATABASE_URL: commonVariables.DATABASE_URL,
  INSTANCE_CONNECTION_NAME: commonVariables.INSTANCE_CONNECTION_NAME,
  DB_USER: commonVariables.DB_USER,
  DB_NAME: commonVariables.DB_NAME,
  DB_IP_TYPE: commonVariables.DB_IP_TYPE,
  GIT_COMMIT: z.string().min(1).default('unknown').describe('commit that is running, named in the log'),
}

/** The database part of a configuration, decided: exactly one way to connect. */
export type DatabaseConfig = z.infer<typeof databaseVariables>
export const databaseVariables = z.object({
  DATABASE_URL: commonVariables.DATABASE_URL,
  INSTANCE_CONNECTION_NAME: commonVariables.INSTANCE_CONNECTION_NAME,
  DB_USER: commonVariables.DB_USER,
  DB_NAME: commonVariables.DB_NAME,
  DB_IP_TYPE: commonVariables.DB_IP_TYPE,
  DB_POOL_SIZE: commonVariables.DB_POOL_SIZE,
})

/** Refines a configuration: DATABASE_URL or INSTANCE_CONNECTION_NAME with DB_USER, not both, not neither. */
export const checkDatabaseVariables = (
  config: Pick<DatabaseConfig, 'DATABASE_URL' | 'INSTANCE_CONNECTION_NAME' | 'DB_USER'>,
  context: z.RefinementCtx,
): void => {
  if ((config.DATABASE_URL === undefined) === (config.INSTANCE_CONNECTION_NAME === undefined)) {
    context.addIssue({
      code: 'custom',
      path: ['DATABASE_URL'],
      message: 'give either DATABASE_URL or INSTANCE_CONNECTION_NAME, and not both',
    })
  }
  if (config.INSTANCE_CONNECTION_NAME !== undefined && config.DB_USER === undefined) {
    context.addIssue({ code: 'custom', path: ['DB_USER'], message: 'is needed with INSTANCE_CONNECTION_NAME' })
  }
}

/**
 * Reads a configuration from environment variables. Empty values count as missing.
 * Throws one error that names every variable that is wrong, what was expected of it, and never its value.
 */
export const readConfig = <Config>(schema: z.ZodType<Config>, environment: NodeJS.ProcessEnv): Config => {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The configuration is not complete. Set these environment variables:\n${lines.join('\n')}`)
}
