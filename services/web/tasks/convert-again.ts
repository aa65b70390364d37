import { createTaskFromSource, type SourceRefused } from '@reelway/shared/db/tasks/create-from-source.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { InvalidInput } from '@reelway/shared/errors/invalid-input.ts'
import { ReelwayError, reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { currentTraceparent } from '@reelway/shared/http/request-context.ts'
import { dispatch } from '@reelway/shared/message/dispatch.ts'
import { namedAssets } from '@reelway/shared/options/named-assets.ts'
import { unsuitedSource } from '@reelway/shared/options/unsuited-source.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import type { Request } from 'express'
import { z } from 'zod'
import type { Dependencies } from '../dependencies.ts'
import { idempotencyKeyOf } from '../idempotency-key.ts'
import { parseBody } from '../parse-body.ts'
import { checkOptions } from './check-options.ts'
import { conversionFields } from './conversion-fields.ts'
import { laneOf } from './lane-of.ts'
import { refuseAssets } from './refuse-assets.ts'

export const newConversion = z
  .strictObject({
    sourceTaskId: z
      .uuid('Give the id of a task whose video is to be converted again.')
      .describe('The task whose upload is converted again, whatever became of it; it must not be deleted.'),
    ...conversionFields,
  })
  .meta({ id: 'NewConversion', description: 'A task that converts again what has been uploaded.' })

type Wanted = z.infer<typeof newConversion>

/**
 * Makes a task that converts the upload of another one again, from the body of a request, and queues it; or finds the one that the same
 * request made before.
 */
export const convertAgain = async (
  deps: Dependencies,
  request: Request,
  userId: string,
): Promise<{ task: TaskRow; repeated: boolean }> => {
  const { db, config, logger } = deps
  const input = parseBody(newConversion, request)
  checkOptions(input.preset, input.options)
  const { sourceTaskId, preset, options } = input
  const lane = laneOf(request, config.CANDIDATE_HOST)
  const created = await createTaskFromSource(
    db,
    { userId, lane, preset, options: JSON.stringify(options), sourceTaskId, traceparent: currentTraceparent() },
    {
      idempotencyKey: idempotencyKeyOf(request, input),
      assets: namedAssets(options),
      checkSource: ({ source }) => unsuited(source, input),
    },
  )
  if (created.kind === 'key-reused') throw reelwayError('idempotency_key_reused')
  if (created.kind === 'refused') throw refusal(created)
  const task = created.row
  if (created.kind === 'repeated') return { task, repeated: true }
  logger.info('task created', { taskId: task.id, userId, preset, sourceTaskId: task.sourceTaskId })
  await dispatch(deps, config.DISPATCH_WINDOW)
  return { task, repeated: false }
}

const unsuited = (source: TaskRow['source'], { preset, options }: Wanted): ReelwayError | undefined => {
  // Its first conversion has not looked at it yet.
  if (source === null) return undefined
  const fault = unsuitedSource(presets[preset], options, source)
  return fault && new ReelwayError(fault.code, fault.parameters)
}

const refusal = (refused: SourceRefused<ReelwayError>): ReelwayError => {
  switch (refused.reason) {
    case 'no-source':
      return new InvalidInput([
        { pointer: '/sourceTaskId', detail: 'You have no task with this id. GET /api/tasks lists yours.' },
      ])
    case 'no-upload':
      return reelwayError('task_state_conflict', { status: refused.status, advice: adviceFor(refused.status) })
    case 'assets':
      return refuseAssets(refused.assetFaults)
    case 'unsuited':
      return refused.why
    default:
      return refused satisfies never
  }
}

const adviceFor = (status: TaskRow['status']): string =>
  status === 'awaiting_upload'
    ? 'Upload its file first, then it can be converted again.'
    : 'Its upload never arrived: create a task with the file.'
