import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { sourceSummary } from '@reelway/shared/source-summary.ts'
import { taskStatuses } from '@reelway/shared/task-status.ts'
import { z } from 'zod'
import { listSchema } from '../lists/list-schema.ts'
import { errorSchema } from '../results/error-schema.ts'
import { timeSchema } from '../time-schema.ts'
import { uploadSchema } from '../uploads/upload-schema.ts'

const outputSchema = z
  .strictObject({
    name: z.string().describe('Which of the results it is; of a stream: its playlist, sizes and sound.'),
    contentType: z.string().describe('Of this file.'),
    sizeBytes: z.int().describe('Of this file.'),
    width: z.int().nullable().describe('In pixels; null for sound.'),
    height: z.int().nullable().describe('In pixels; null for sound.'),
    durationSeconds: z.number().nullable().describe('Null for a still picture.'),
    copied: z
      .boolean()
      .describe(
        'Its picture, or what there is without one, is that of the source: nothing was lost, and it took seconds.',
      ),
    startsAtSeconds: z
      .number()
      .nullable()
      .describe('Where in the source it begins, when that is a key frame before the time that was asked for.'),
    url: z
      .string()
      .describe('Where it is downloaded, without a token; of a stream: the path of its master playlist in this API.'),
    expiresAt: timeSchema.describe('Until when the URL can be used; ask for the task again to get another.'),
  })
  .meta({ id: 'Output', description: 'A result.' })

const posterSchema = z
  .strictObject({
    url: z.string().describe('Where it is as JPEG, without a token.'),
    webpUrl: z.string().describe('Where the same picture is as WebP.'),
    width: z.int().describe('In pixels.'),
    height: z.int().describe('In pixels.'),
    expiresAt: timeSchema.describe('Until when the URLs can be used; ask for the task again to get others.'),
  })
  .meta({ id: 'Poster', description: 'A picture that stands for a result.' })

const storyboardSchema = z
  .strictObject({
    url: z
      .string()
      .describe('The path of its cues in this API, as WebVTT: where in time each picture stands, and where it is.'),
    tileWidth: z.int().describe('Of each picture, in pixels.'),
    tileHeight: z.int().describe('Of each picture, in pixels.'),
    tiles: z.int().describe('How many pictures there are.'),
  })
  .meta({ id: 'Storyboard', description: 'Small pictures of moments of a result, to be shown while somebody seeks.' })

/** A task as the API shows it. */
export const taskSchema = z
  .strictObject({
    id: z.uuid(),
    status: z
      .enum(taskStatuses)
      .describe(
        'awaiting_upload: for its file; queued: it waits for its turn; processing: it is being converted; completed: its results are there; failed: "error" says why; cancelled: by you; expired: its file never came.',
      ),
    progress: z.number().min(0).max(1).describe('The share of the conversion that is done.'),
    fileName: z.string().describe('Of the upload.'),
    contentType: z.string().describe('Of the upload.'),
    sourceTaskId: z
      .uuid()
      .nullable()
      .describe('The task that brought the upload it converts; null when it has its own.'),
    preset: z.string().describe('One that GET /api/presets names, or one that a release before had.'),
    options: taskOptions,
    sizeBytes: z.int().describe('The size of the upload.'),
    attempts: z.int().describe('How often its conversion was begun.'),
    error: errorSchema.nullable().describe('What went wrong, and what to do about it.'),
    source: sourceSummary.nullable().describe('Null until the upload was looked at.'),
    outputs: z.array(outputSchema).describe('Empty until it is completed.'),
    poster: posterSchema.nullable().describe('Null until it is completed, and for sound without a cover.'),
    storyboard: storyboardSchema.nullable().describe('Null until it is completed, and for what does not move.'),
    createdAt: timeSchema.describe('When it was asked for.'),
    queuedAt: timeSchema.nullable().describe('When its upload had arrived, or it was last retried.'),
    startedAt: timeSchema.nullable().describe('When its conversion was first begun since then.'),
    finishedAt: timeSchema.nullable().describe('When it was completed, failed, cancelled or expired.'),
  })
  .meta({ id: 'Task', description: 'What was asked for: one video, one preset.' })

export type TaskResource = z.infer<typeof taskSchema>

/** The answer to POST /api/tasks. */
export const createdTaskSchema = z
  .strictObject({
    task: taskSchema,
    upload: uploadSchema.nullable().describe('Null when nothing is to be uploaded.'),
  })
  .meta({ id: 'CreatedTask', description: 'A new task, and how to upload its file.' })

/** The answer to GET /api/tasks. */
export const taskListSchema = listSchema(taskSchema).meta({ id: 'TaskList', description: 'A page of tasks.' })
