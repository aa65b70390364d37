import { checkDatabaseVariables, databaseJobVariables } from '@reelway/shared/config.ts'
import { z } from 'zod'

const instant = z.iso.datetime({ offset: true, error: 'must be a time like 2026-11-24T20:00:00Z' })

/** Everything that a redrive reads from its environment. */
export const redriveVariables = z
  .object({
    ...databaseJobVariables,
    REDRIVE_SINCE: instant
      .transform((text) => new Date(text))
      .describe('tasks that failed at this time or later come back to work'),
    REDRIVE_UNTIL: instant
      .optional()
      .transform((text) => (text === undefined ? new Date() : new Date(text)))
      .describe('and only those that failed before this time; now if left out'),
  })
  .refine(({ REDRIVE_SINCE, REDRIVE_UNTIL }) => REDRIVE_SINCE < REDRIVE_UNTIL, {
    path: ['REDRIVE_SINCE'],
    message: 'must be before REDRIVE_UNTIL, and not in the future',
  })
  // Always: else it would be left out while anything else is wrong.
  .superRefine(checkDatabaseVariables, { when: () => true })
