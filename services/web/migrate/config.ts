import { checkDatabaseVariables, databaseJobVariables } from '@reelway/shared/config.ts'
import { z } from 'zod'

/** Everything that the migration job reads from its environment. */
export const migrateVariables = z
  .object({
    ...databaseJobVariables,
    DB_GRANTEES: z
      .string()
      .default('')
      .transform((names) => names.split(',').filter((name) => name !== ''))
      .describe('database users, separated by commas, who get to read and write the tables'),
  })
  // Always: else it would be left out while anything else is wrong.
  .superRefine(checkDatabaseVariables, { when: () => true })
