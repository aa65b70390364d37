import { findOutputs, findTask } from '@reelway/shared/db/tasks/find.ts'
import type { OutputRow } from '@reelway/shared/db/tasks/task-row.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { type StreamIndex, streamIndex } from '@reelway/shared/hls/stream-index.ts'
import { answered } from '@reelway/shared/storage/answered.ts'
import type { RequestHandler } from 'express'
import { signingKeys } from '../accounts/token-answer.ts'
import type { Dependencies } from '../dependencies.ts'
import { makeDownloadSigner } from '../results/sign-download.ts'
import { PLAYLIST_TYPE } from '../results/sign-output.ts'
import { taskIdOf } from '../tasks/find-task.ts'
import { playlistUrl, SEGMENTS_WINDOW_SECONDS, signPlaylistToken, verifyPlaylistToken } from './playlist-token.ts'
import { renderMaster, renderMedia } from './render-playlists.ts'

/**
 * GET /api/tasks/:taskId/hls/:playlist, master.m3u8 or that of a file of the stream, with the token that the task's resource gives.
 * The addresses in it live for as long as those of the segments, which are signed.
 */
export const getPlaylist = (deps: Dependencies): RequestHandler => {
  const keys = signingKeys(deps.config)
  const sign = makeDownloadSigner(deps.signing.outputs, SEGMENTS_WINDOW_SECONDS)
  return async (request, response) => {
    const taskId = taskIdOf(request)
    const { token } = request.query
    if (typeof token !== 'string') throw reelwayError('unauthenticated')
    const name = /^([a-z0-9-]+)\.m3u8$/.exec(String(request.params.playlist))?.[1]
    verifyPlaylistToken(keys, { taskId, kind: name === 'master' ? 'master' : 'media', token })
    const { index, outputs } = await findStream(deps, taskId)
    response.type(PLAYLIST_TYPE)
    if (name === 'master') {
      const media = signPlaylistToken(keys, taskId, 'media')
      response.send(renderMaster(index, (file) => playlistName(file, media.token)))
      return
    }
    const file = [...index.video, index.sound].find((candidate) => candidate?.name === name)
    const output = outputs.find((candidate) => candidate.name === name)
    if (file == null || output === undefined) throw reelwayError('not_found')
    const { objectName, generation, contentType } = output
    const { url } = await sign({ objectName, generation, contentType, fileName: `${output.name}.mp4` })
    response.send(renderMedia(file, url))
  }
}

/** Beside the master playlist, which has the same path up to its name. */
const playlistName = (name: string, token: string): string => playlistUrl('', name, token).replace(/^.*\//, '')

const findStream = async (
  { db, outputs: bucket }: Dependencies,
  taskId: string,
): Promise<{ index: StreamIndex; outputs: OutputRow[] }> => {
  const task = await findTask(db, taskId)
  if (task === undefined || task.deletedAt !== null) throw reelwayError('task_not_found')
  const outputs = await findOutputs(db, [taskId])
  const playlist = outputs.find(({ contentType }) => contentType === PLAYLIST_TYPE)
  if (playlist === undefined) throw reelwayError('task_not_found')
  const file = bucket.file(playlist.objectName, { generation: playlist.generation })
  const [bytes] = await answered(file.download())
  return { index: streamIndex.parse(JSON.parse(bytes.toString('utf8'))), outputs }
}
