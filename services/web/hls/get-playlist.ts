import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { RequestHandler } from 'express'
import { signingKeys } from '../accounts/token-answer.ts'
import type { Dependencies } from '../dependencies.ts'
import { makeDownloadSigner } from '../results/sign-download.ts'
import { taskIdOf } from '../tasks/find-task.ts'
import { findDetails } from './find-details.ts'
import { findStream } from './find-stream.ts'
import { playlistUrl, SEGMENTS_WINDOW_SECONDS, signPlaylistToken, verifyPlaylistToken } from './playlist-token.ts'
import { KEY_FRAMES, renderKeyFrameMedia, renderMaster, renderMedia } from './render-playlists.ts'
import { sendPlaylist } from './send-playlist.ts'

/**
 * GET /api/tasks/:taskId/hls/:playlist, master.m3u8 or that of a file of the stream, or of the key frames of one, with the token that the
 * task's resource gives. The addresses in it live for as long as those of the segments, which are signed.
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
    if (name === 'master') {
      const details = await findDetails(deps, outputs)
      const media = signPlaylistToken(keys, taskId, 'media')
      return await sendPlaylist(
        request,
        response,
        renderMaster(index, details, (of) => playlistName(of, media.token)),
      )
    }
    const fileName = name?.replace(KEY_FRAMES, '')
    const file = [...index.video, index.sound].find((candidate) => candidate?.name === fileName)
    const output = outputs.find((candidate) => candidate.name === fileName)
    if (file == null || output === undefined) throw reelwayError('not_found')
    const { objectName, generation, contentType } = output
    const { url } = await sign({ objectName, generation, contentType, fileName: `${output.name}.mp4` })
    const playlist =
      name === fileName
        ? renderMedia(file, index, url)
        : renderKeyFrameMedia(file, await findDetails(deps, outputs), url)
    if (playlist === undefined) throw reelwayError('not_found')
    await sendPlaylist(request, response, playlist)
  }
}

/** Beside the master playlist, which has the same path up to its name. */
const playlistName = (name: string, token: string): string => playlistUrl('', name, token).replace(/^.*\//, '')
