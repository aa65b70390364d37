import { checkDatabaseVariables, commonVariables } from '@reelway/shared/config.ts'
import { z } from 'zod'

const { GOOGLE_CLOUD_PROJECT, LOG_LEVEL, DATABASE_URL, INSTANCE_CONNECTION_NAME, DB_USER, DB_NAME, DB_IP_TYPE } =
  commonVariables

/** Everything that the migration job reads from its environment. */
export const migrateVariables = z
  .object({
    ...{ GOOGLE_CLOUD_PROJECT, LOG_LEVEL, DATABASE_URL, INSTANCE_CONNECTION_NAME, DB_USER, DB_NAME, DB_IP_TYPE },
    DB_GRANTEES: z
      .string()
      .default('')
      .transform((names) => names.split(',').filter((name) => name !== ''))
      .describe('database users, separated by commas, who get to read and write the tables'),
    GIT_COMMIT: z.string().min(1).default('unknown').describe('commit that is running, named in the log'),
  })
  // Always: else it would be left out while anything else is wrong.
  .superRefine(checkDatabaseVariables, { when: () => true })
