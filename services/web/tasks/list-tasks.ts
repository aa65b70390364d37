import { findOutputs } from '@reelway/shared/db/tasks/find.ts'
import { listTasks as selectTasks } from '@reelway/shared/db/tasks/list.ts'
import { parseInput } from '@reelway/shared/errors/invalid-input.ts'
import { taskStatuses } from '@reelway/shared/task-status.ts'
import { z } from 'zod'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import { linkToNext } from '../lists/link-to-next.ts'
import { pageOf } from '../lists/page-of.ts'
import { pageQuery } from '../lists/page-query.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { toTaskResource } from './task-resource.ts'
import type { taskListSchema } from './task-schema.ts'

export const taskListQuery = z.strictObject({
  ...pageQuery,
  status: z
    .enum(taskStatuses, `Choose one of: ${taskStatuses.join(', ')}.`)
    .optional()
    .describe('Only those in this state.'),
  sourceTaskId: z
    .uuid('Give the id of a task.')
    .optional()
    .describe('Only those that convert the upload of this task again.'),
})

/** GET /api/tasks: a page of the user's tasks, and the cursor of the next one (null at the end), also as a Link. */
export const listTasks =
  ({ db }: Dependencies, sign: (download: Download) => Promise<SignedDownload>): UserHandler =>
  async (request, response, userId) => {
    const { cursor, ...filter } = parseInput(taskListQuery, request.query)
    const { page, nextCursor } = pageOf(await selectTasks(db, userId, { ...filter, after: cursor }), filter.limit)
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
    linkToNext(request, response, nextCursor)
    response
      .set('cache-control', 'private, no-cache')
      .json({ data, nextCursor } satisfies z.infer<typeof taskListSchema>)
  }
