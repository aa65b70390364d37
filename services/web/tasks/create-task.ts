import { createTask as insertTask } from '@reelway/shared/db/tasks/create.ts'
import { findOutputs } from '@reelway/shared/db/tasks/find.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { namedAssets } from '@reelway/shared/options/named-assets.ts'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { defaultPresetName, presetNames } from '@reelway/shared/presets/catalogue.ts'
import { sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import { z } from 'zod'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import { idempotencyKeyOf } from '../idempotency-key.ts'
import { parseBody } from '../parse-body.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { checkFileType } from '../uploads/file-type.ts'
import { signUpload } from '../uploads/sign-upload.ts'
import { uploadFields } from '../uploads/upload-fields.ts'
import { checkOptions } from './check-options.ts'
import { laneOf } from './lane-of.ts'
import { refuseAssets } from './refuse-assets.ts'
import { toTaskResource } from './task-resource.ts'

const newTask = z.strictObject({
  ...uploadFields,
  preset: z.enum(presetNames, `Choose one of the presets: ${presetNames.join(', ')}.`).default(defaultPresetName),
  options: taskOptions.default({}),
})

/** POST /api/tasks: makes a task and says how to upload its file. */
export const createTask =
  (deps: Dependencies, sign: (download: Download) => Promise<SignedDownload>): UserHandler =>
  async (request, response, userId) => {
    const input = parseBody(newTask, request)
    checkFileType(input.fileName, input.contentType)
    checkOptions(input.preset, input.options)
    const limitBytes = deps.config.MAX_UPLOAD_BYTES
    if (input.sizeBytes > limitBytes) {
      throw reelwayError('file_too_large', { sizeBytes: input.sizeBytes, limitBytes })
    }
    const { crc32c, options, ...fields } = input
    const created = await insertTask(
      deps.db,
      {
        userId,
        lane: laneOf(request, deps.config.CANDIDATE_HOST),
        ...fields,
        options: JSON.stringify(options),
        announcedCrc32c: crc32c ?? null,
      },
      idempotencyKeyOf(request, input),
      namedAssets(options),
    )
    if (created.kind === 'key-reused') throw reelwayError('idempotency_key_reused')
    if (created.kind === 'refused') throw refuseAssets(created.assetFaults)
    const task = created.row
    if (created.kind === 'repeated') response.set('idempotent-replayed', 'true')
    else deps.logger.info('task created', { taskId: task.id, userId, preset: task.preset, sizeBytes: task.sizeBytes })
    const upload =
      task.status === 'awaiting_upload' ? await signUpload(deps.signing.uploads, sourceObjectName(task.id), task) : null
    response
      .status(201)
      .location(`/api/tasks/${task.id}`)
      .json({ task: await toTaskResource(task, await findOutputs(deps.db, [task.id]), sign), upload })
  }
