import { findOutputs } from '@reelway/shared/db/tasks/find.ts'
import { sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import type { Request } from 'express'
import type { z } from 'zod'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { signUpload } from '../uploads/sign-upload.ts'
import { beginTask } from './begin-task.ts'
import { convertAgain } from './convert-again.ts'
import { toTaskResource } from './task-resource.ts'
import type { createdTaskSchema } from './task-schema.ts'

/**
 * POST /api/tasks: makes a task and says how to upload its file; or, with `sourceTaskId`, one that converts again what has been uploaded,
 * and needs no upload.
 */
export const createTask =
  (deps: Dependencies, sign: (download: Download) => Promise<SignedDownload>): UserHandler =>
  async (request, response, userId) => {
    const { task, repeated } = await (namesSource(request) ? convertAgain : beginTask)(deps, request, userId)
    if (repeated) response.set('idempotent-replayed', 'true')
    const upload =
      task.status === 'awaiting_upload' ? await signUpload(deps.signing.uploads, sourceObjectName(task.id), task) : null
    response
      .status(201)
      .location(`/api/tasks/${task.id}`)
      .json({
        task: await toTaskResource(task, await findOutputs(deps.db, [task.id]), sign),
        upload,
      } satisfies z.infer<typeof createdTaskSchema>)
  }

const namesSource = ({ body }: Request): boolean =>
  typeof body === 'object' && body !== null && Object.hasOwn(body, 'sourceTaskId')
