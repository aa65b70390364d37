import { taskIdOfOutput } from '@reelway/shared/storage/object-names.ts'
import type { SigningKeys } from '../accounts/access-token.ts'
import { playlistUrl, signPlaylistToken } from '../hls/playlist-token.ts'
import type { Download, SignedDownload } from './sign-download.ts'

export const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl'

/** As `signDownload`; but a stream is not downloaded, it is played: its address is that of its master playlist in this API. */
export const makeOutputSigner =
  (signDownload: (download: Download) => Promise<SignedDownload>, keys: SigningKeys) =>
  async (download: Download): Promise<SignedDownload> => {
    const taskId = taskIdOfOutput(download.objectName)
    if (download.contentType !== PLAYLIST_TYPE || taskId === undefined) return await signDownload(download)
    const { token, expiresAt } = signPlaylistToken(keys, taskId, 'master')
    return { url: playlistUrl(taskId, 'master', token), expiresAt }
  }
