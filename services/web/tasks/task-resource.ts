import type { OutputRow, TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { sourceSummary } from '@reelway/shared/source-summary.ts'
import { taskStatuses } from '@reelway/shared/task-status.ts'
import { z } from 'zod'
import { downloadName } from '../results/download-name.ts'
import { errorResource, shownError } from '../results/shown-error.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'

const time = z.iso.datetime()

const outputResource = z.strictObject({
  name: z.string(),
  contentType: z.string(),
  sizeBytes: z.int(),
  /** null for sound */
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** null for a still picture */
  durationSeconds: z.number().nullable(),
  /** its picture, or what there is without one, is that of the source: nothing was lost, and it took seconds */
  copied: z.boolean(),
  /** where in the source it begins, when that is a key frame before the time that was asked for */
  startsAtSeconds: z.number().nullable(),
  /** of a stream: the path of its master playlist in this API, with a token for it */
  url: z.string(),
  expiresAt: time,
})

/** A task as the API shows it. */
export const taskResource = z.strictObject({
  id: z.uuid(),
  status: z.enum(taskStatuses),
  progress: z.number().min(0).max(1),
  fileName: z.string(),
  contentType: z.string(),
  /** the task that brought the upload it converts; null when it has its own */
  sourceTaskId: z.uuid().nullable(),
  preset: z.string(),
  options: taskOptions,
  sizeBytes: z.int(),
  attempts: z.int(),
  error: errorResource.nullable(),
  source: sourceSummary.nullable(),
  outputs: z.array(outputResource),
  createdAt: time,
  queuedAt: time.nullable(),
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
})

export type TaskResource = z.infer<typeof taskResource>

/** Turns rows into what the API shows; the outputs get download URLs. */
export const toTaskResource = async (
  task: TaskRow,
  outputs: OutputRow[],
  sign: (download: Download) => Promise<SignedDownload>,
): Promise<TaskResource> => ({
  id: task.id,
  status: task.status,
  progress: task.progress,
  fileName: task.fileName,
  contentType: task.contentType,
  sourceTaskId: task.sourceTaskId,
  preset: task.preset,
  options: task.options,
  sizeBytes: task.sizeBytes,
  attempts: task.attempts,
  error: task.errorCode === null ? null : shownError(task.errorCode, task.errorParameters),
  source: task.source,
  outputs: await Promise.all(outputs.map((output) => toOutputResource(task.fileName, output, sign))),
  createdAt: task.createdAt.toISOString(),
  queuedAt: task.queuedAt?.toISOString() ?? null,
  startedAt: task.startedAt?.toISOString() ?? null,
  finishedAt: task.finishedAt?.toISOString() ?? null,
})

const toOutputResource = async (
  fileName: string,
  output: OutputRow,
  sign: (download: Download) => Promise<SignedDownload>,
) => {
  const { name, objectName, generation, contentType, sizeBytes, width, height, durationSeconds } = output
  const { copied, startsAtSeconds } = output
  const extension = /\.([a-z0-9]+)$/.exec(objectName)?.[1] ?? ''
  const signed = await sign({ objectName, generation, contentType, fileName: downloadName(fileName, extension) })
  return {
    name,
    contentType,
    sizeBytes,
    width,
    height,
    durationSeconds,
    copied,
    startsAtSeconds,
    url: signed.url,
    expiresAt: signed.expiresAt.toISOString(),
  }
}
