import { changeWaitingTask, type WaitingChange } from '@reelway/shared/db/tasks/change-waiting.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { namedAssets } from '@reelway/shared/options/named-assets.ts'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { presetNames } from '@reelway/shared/presets/catalogue.ts'
import { z } from 'zod'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import { parseBody } from '../parse-body.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { uploadFields } from '../uploads/upload-fields.ts'
import { checkOptions } from './check-options.ts'
import { findTask, taskIdOf } from './find-task.ts'
import { refuseAssets } from './refuse-assets.ts'
import { toTaskResource } from './task-resource.ts'

const nothing = 'Give a preset with its options, or crc32c.'

/** The body of PATCH /api/tasks/:taskId. Options belong to a preset: both are given, and take the place of those before. */
export const taskChange = z
  .strictObject({
    preset: z.enum(presetNames, `Choose one of the presets: ${presetNames.join(', ')}.`).optional(),
    options: taskOptions.optional(),
    crc32c: uploadFields.crc32c,
  })
  .refine(({ preset, options }) => options === undefined || preset !== undefined, {
    error: 'Give the preset that the options are for, too.',
    path: ['preset'],
  })
  .refine(({ preset, options, crc32c }) => (preset ?? options ?? crc32c) !== undefined, nothing)
  .meta({ id: 'TaskChange' })

/**
 * PATCH /api/tasks/:taskId: changes what a task will make, or announces the checksum of its file, while it waits for its upload; 409
 * otherwise. So a client can begin to upload before it knows these: they count as long as the last byte has not been sent.
 */
export const changeTask =
  (deps: Dependencies, sign: (download: Download) => Promise<SignedDownload>): UserHandler =>
  async (request, response, userId) => {
    const taskId = taskIdOf(request)
    const { preset, options = {}, crc32c } = parseBody(taskChange, request)
    if (preset !== undefined) checkOptions(preset, options)
    const change: WaitingChange = {
      ...(preset !== undefined && { preset, options: JSON.stringify(options) }),
      ...(crc32c !== undefined && { announcedCrc32c: crc32c }),
    }
    const changed = await changeWaitingTask(deps.db, { userId, taskId }, change, namedAssets(options))
    if (changed.kind === 'refused') throw refuseAssets(changed.assetFaults)
    const { task, outputs } = await findTask(deps, userId, taskId)
    if (changed.kind === 'not-waiting') {
      throw reelwayError('task_state_conflict', {
        status: task.status,
        advice:
          'A task can be changed only until its upload is complete: create another task from it with sourceTaskId.',
      })
    }
    response.json(await toTaskResource(task, outputs, sign))
  }
