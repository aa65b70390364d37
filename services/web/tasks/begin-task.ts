import { createTask as insertTask } from '@reelway/shared/db/tasks/create.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { namedAssets } from '@reelway/shared/options/named-assets.ts'
import type { Request } from 'express'
import { z } from 'zod'
import type { Dependencies } from '../dependencies.ts'
import { idempotencyKeyOf } from '../idempotency-key.ts'
import { parseBody } from '../parse-body.ts'
import { checkFileType } from '../uploads/file-type.ts'
import { uploadFields } from '../uploads/upload-fields.ts'
import { checkOptions } from './check-options.ts'
import { conversionFields } from './conversion-fields.ts'
import { laneOf } from './lane-of.ts'
import { refuseAssets } from './refuse-assets.ts'
import { repeatableInput } from './repeatable-input.ts'

export const newTask = z
  .strictObject({ ...uploadFields, ...conversionFields })
  .meta({ id: 'NewTask', description: 'A task whose file is to be uploaded.' })

/** Makes a task that waits for its upload, from the body of a request; or finds the one that the same request made before. */
export const beginTask = async (
  { db, config, logger }: Dependencies,
  request: Request,
  userId: string,
): Promise<{ task: TaskRow; repeated: boolean }> => {
  const input = parseBody(newTask, request)
  checkFileType(input.fileName, input.contentType)
  checkOptions(input.preset, input.options)
  const limitBytes = config.MAX_UPLOAD_BYTES
  if (input.sizeBytes > limitBytes) throw reelwayError('file_too_large', { sizeBytes: input.sizeBytes, limitBytes })
  const { crc32c, options, ...fields } = input
  const created = await insertTask(
    db,
    {
      userId,
      lane: laneOf(request, config.CANDIDATE_HOST),
      ...fields,
      options: JSON.stringify(options),
      announcedCrc32c: crc32c ?? null,
    },
    idempotencyKeyOf(request, repeatableInput(input)),
    namedAssets(options),
  )
  if (created.kind === 'key-reused') throw reelwayError('idempotency_key_reused')
  if (created.kind === 'refused') throw refuseAssets(created.assetFaults)
  const task = created.row
  if (created.kind === 'repeated') return { task, repeated: true }
  logger.info('task created', { taskId: task.id, userId, preset: task.preset, sizeBytes: task.sizeBytes })
  return { task, repeated: false }
}
