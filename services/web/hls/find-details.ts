import type { OutputRow } from '@reelway/shared/db/tasks/task-row.ts'
import { STREAM_DETAILS_TYPE, type StreamDetails, streamDetails } from '@reelway/shared/hls/stream-details.ts'
import type { Dependencies } from '../dependencies.ts'
import { readJsonOutput } from './read-json-output.ts'

/**
 * The details of a stream, by its outputs; null for one of an older release. Every key frame is in them: some megabytes for many hours, so
 * they are read for those playlists alone that need them. Throws what the storage throws.
 */
export const findDetails = async (deps: Dependencies, outputs: readonly OutputRow[]): Promise<StreamDetails | null> => {
  const details = outputs.find(({ contentType }) => contentType === STREAM_DETAILS_TYPE)
  return details === undefined ? null : streamDetails.parse(await readJsonOutput(deps, details))
}
