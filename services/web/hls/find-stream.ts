import { findOutputs, findTask } from '@reelway/shared/db/tasks/find.ts'
import type { OutputRow } from '@reelway/shared/db/tasks/task-row.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { type StreamIndex, streamIndex } from '@reelway/shared/hls/stream-index.ts'
import type { Dependencies } from '../dependencies.ts'
import { PLAYLIST_TYPE } from '../results/sign-output.ts'
import { readJsonOutput } from './read-json-output.ts'

type Stream = { index: StreamIndex; outputs: OutputRow[] }

/** What the playlists of a task are made of. Throws task_not_found when there is no such task, or it is no stream, and what the storage throws. */
export const findStream = async (deps: Dependencies, taskId: string): Promise<Stream> => {
  const task = await findTask(deps.db, taskId)
  if (task === undefined || task.deletedAt !== null) throw reelwayError('task_not_found')
  const outputs = await findOutputs(deps.db, [taskId])
  const playlist = outputs.find(({ contentType }) => contentType === PLAYLIST_TYPE)
  if (playlist === undefined) throw reelwayError('task_not_found')
  return { index: streamIndex.parse(await readJsonOutput(deps, playlist)), outputs }
}
