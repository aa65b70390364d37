import type { OutputRow, TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { STREAM_DETAILS_TYPE } from '@reelway/shared/hls/stream-details.ts'
import { storyboardPath } from '../previews/storyboard-path.ts'
import { downloadName } from '../results/download-name.ts'
import { shownError } from '../results/shown-error.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import type { TaskResource } from './task-schema.ts'

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
  outputs: await Promise.all(outputs.filter(isResult).map((output) => toOutputResource(task.fileName, output, sign))),
  poster: await toPoster(task, sign),
  storyboard: toStoryboard(task),
  createdAt: task.createdAt.toISOString(),
  queuedAt: task.queuedAt?.toISOString() ?? null,
  startedAt: task.startedAt?.toISOString() ?? null,
  finishedAt: task.finishedAt?.toISOString() ?? null,
})

const toPoster = async (
  { previews, fileName }: TaskRow,
  sign: (download: Download) => Promise<SignedDownload>,
): Promise<TaskResource['poster']> => {
  const poster = previews?.poster
  if (poster == null) return null
  const [jpeg, webp] = await Promise.all([
    sign({ ...poster.jpeg, fileName: downloadName(fileName, 'jpg') }),
    sign({ ...poster.webp, fileName: downloadName(fileName, 'webp') }),
  ])
  return {
    url: jpeg.url,
    webpUrl: webp.url,
    width: poster.width,
    height: poster.height,
    expiresAt: jpeg.expiresAt.toISOString(),
  }
}

const toStoryboard = ({ id, previews }: TaskRow): TaskResource['storyboard'] => {
  const storyboard = previews?.storyboard
  if (storyboard == null) return null
  const { tileWidth, tileHeight, startsMillis } = storyboard
  return { url: storyboardPath(id), tileWidth, tileHeight, tiles: startsMillis.length }
}

/** What playlists are made of is ours. */
const isResult = ({ contentType }: OutputRow): boolean => contentType !== STREAM_DETAILS_TYPE

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
