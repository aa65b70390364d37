import { findOutputs } from '@reelway/shared/db/tasks/find.ts'
import { listTasks as selectTasks } from '@reelway/shared/db/tasks/list.ts'
import { parseInput } from '@reelway/shared/errors/invalid-input.ts'
import { taskStatuses } from '@reelway/shared/task-status.ts'
import { z } from 'zod'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { toTaskResource } from './task-resource.ts'

const query = z.strictObject({
  limit: z.coerce
    .number('Give a number from 1 to 100.')
    .int('Give a whole number from 1 to 100.')
    .min(1, 'Give a number from 1 to 100.')
    .max(100, 'Give a number from 1 to 100.')
    .default(20),
  cursor: z
    .string()
    .transform((text, context) => {
      const position = decodeCursor(text)
      if (position === undefined)
        context.addIssue({ code: 'custom', message: 'Give a nextCursor exactly as it was answered.' })
      return position
    })
    .optional(),
  order: z.enum(['newest', 'oldest'], 'Choose "newest" or "oldest".').default('newest'),
  status: z.enum(taskStatuses, `Choose one of: ${taskStatuses.join(', ')}.`).optional(),
})

/** GET /api/tasks: a page of the user's tasks, and the cursor of the next one (null at the end). */
export const listTasks =
  ({ db }: Dependencies, sign: (download: Download) => Promise<SignedDownload>): UserHandler =>
  async (request, response, userId) => {
    const { limit, cursor, order, status } = parseInput(query, request.query)
    const rows = await selectTasks(db, userId, { limit, order, status, after: cursor })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    const outputs = await findOutputs(
      db,
      page.map((task) => task.id),
    )
    const data = await Promise.all(
      page.map((task) =>
        toTaskResource(
          task,
          outputs.filter((output) => output.taskId === task.id),
          sign,
        ),
      ),
    )
    response
      .set('cache-control', 'private, no-cache')
      .json({ data, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(last) : null })
  }
