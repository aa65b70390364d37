import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Request, Response } from 'express'
import { PLAYLIST_TYPE } from '../results/sign-output.ts'

/**
 * Answers with a playlist, compressed for all who take that (Apple's HLS authoring specification, 10.1): each line of it has the same signed
 * address, so that of 2 h of film a twentieth is left.
 */
export const sendPlaylist = async (request: Request, response: Response, playlist: string): Promise<void> => {
  response.type(PLAYLIST_TYPE).vary('accept-encoding')
  if (request.acceptsEncodings('gzip') !== 'gzip') {
    response.send(playlist)
    return
  }
  response.set('content-encoding', 'gzip').send(await promisify(gzip)(playlist))
}
