import { findOutputs, findTask } from '@reelway/shared/db/tasks/find.ts'
import type { OutputRow } from '@reelway/shared/db/tasks/task-row.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { STREAM_DETAILS_TYPE, type StreamDetails, streamDetails } from '@reelway/shared/hls/stream-details.ts'
import { type StreamIndex, streamIndex } from '@reelway/shared/hls/stream-index.ts'
import { answered } from '@reelway/shared/storage/answered.ts'
import type { Dependencies } from '../dependencies.ts'
import { PLAYLIST_TYPE } from '../results/sign-output.ts'

type Stream = {
  index: StreamIndex
  /** null: it is of an older release */
  details: StreamDetails | null
  outputs: OutputRow[]
}

/** What the playlists of a task are made of. Throws task_not_found when there is no such task, or it is no stream, and what the storage throws. */
export const findStream = async (deps: Dependencies, taskId: string): Promise<Stream> => {
  const task = await findTask(deps.db, taskId)
  if (task === undefined || task.deletedAt !== null) throw reelwayError('task_not_found')
  const outputs = await findOutputs(deps.db, [taskId])
  const ofType = (type: string) => outputs.find(({ contentType }) => contentType === type)
  const playlist = ofType(PLAYLIST_TYPE)
  if (playlist === undefined) throw reelwayError('task_not_found')
  const details = ofType(STREAM_DETAILS_TYPE)
  const [index, more] = await Promise.all([readJson(deps, playlist), details && readJson(deps, details)])
  return { index: streamIndex.parse(index), details: more === undefined ? null : streamDetails.parse(more), outputs }
}

const readJson = async ({ outputs }: Dependencies, { objectName, generation }: OutputRow): Promise<unknown> => {
  const [bytes] = await answered(outputs.file(objectName, { generation }).download())
  return JSON.parse(bytes.toString('utf8'))
}
