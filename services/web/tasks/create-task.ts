import { createHash } from 'node:crypto'
import { type IdempotencyKey, createTask as insertTask } from '@reelway/shared/db/tasks/create.ts'
import { findOutputs } from '@reelway/shared/db/tasks/find.ts'
import { InvalidInput } from '@reelway/shared/errors/invalid-input.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { defaultPresetName, presetNames } from '@reelway/shared/presets/catalogue.ts'
import type { Request } from 'express'
import { z } from 'zod'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import { parseBody } from '../parse-body.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { checkFileType } from '../uploads/file-type.ts'
import { signUpload } from '../uploads/sign-upload.ts'
import { checkOptions } from './check-options.ts'
import { laneOf } from './lane-of.ts'
import { toTaskResource } from './task-resource.ts'

const newTask = z.strictObject({
  fileName: z
    .string('Give the name of the file.')
    .trim()
    .min(1, 'Give the name of the file.')
    .max(255, 'Use at most 255 characters.')
    .refine((name) => !/[/\\\p{Cc}]/u.test(name), 'Give the name alone, without folders or control characters.'),
  contentType: z
    .string('Give the content type of the file, such as video/mp4.')
    .max(127, 'Use at most 127 characters.')
    .regex(/^[\w.+-]+\/[\w.+-]+(; ?[\w.+-]+=[\w.+"-]+)*$/, 'Give a content type such as video/mp4.'),
  sizeBytes: z.int('Give the size of the file in bytes.').positive('The file is empty. Choose another file.'),
  preset: z.enum(presetNames, `Choose one of the presets: ${presetNames.join(', ')}.`).default(defaultPresetName),
  options: taskOptions.default({}),
  crc32c: z
    .string()
    .regex(
      /^[A-Za-z0-9+/]{5}[AQgw]==$/,
      'Give the CRC32C of the file as Cloud Storage does: base64 of 4 bytes, big-endian.',
    )
    .optional(),
  uploadType: z.enum(['resumable', 'single'], 'Choose "resumable" or "single".').default('resumable'),
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
    )
    if (created.kind === 'key-reused') throw reelwayError('idempotency_key_reused')
    const { task } = created
    if (created.kind === 'repeated') response.set('idempotent-replayed', 'true')
    else deps.logger.info('task created', { taskId: task.id, userId, preset: task.preset, sizeBytes: task.sizeBytes })
    const upload = task.status === 'awaiting_upload' ? await signUpload(deps.signing.uploads, task) : null
    response
      .status(201)
      .location(`/api/tasks/${task.id}`)
      .json({ task: await toTaskResource(task, await findOutputs(deps.db, [task.id]), sign), upload })
  }

/** draft-ietf-httpapi-idempotency-key-header: the client's key, and what it was used for. */
const idempotencyKeyOf = (request: Request, input: z.infer<typeof newTask>): IdempotencyKey | undefined => {
  const key = request.get('idempotency-key')
  if (key === undefined) return undefined
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new InvalidInput([
      { pointer: '', detail: 'The header Idempotency-Key must be 1 to 255 printable characters without spaces.' },
    ])
  }
  // The parsed input, in the order of the schema: another order of the same fields is the same request.
  return { key, bodyHash: createHash('sha256').update(JSON.stringify(input)).digest() }
}
