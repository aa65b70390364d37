import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import { downloadName } from '../results/download-name.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { findTask, taskIdOf } from '../tasks/find-task.ts'
import { renderStoryboard } from './render-storyboard.ts'

/** GET /api/tasks/:taskId/storyboard.vtt: the cues of its storyboard. Throws no_storyboard when there is none. */
export const getStoryboard =
  (deps: Pick<Dependencies, 'db'>, sign: (download: Download) => Promise<SignedDownload>): UserHandler =>
  async (request, response, userId) => {
    const { task } = await findTask(deps, userId, taskIdOf(request))
    const storyboard = task.previews?.storyboard
    if (storyboard == null) throw reelwayError('no_storyboard')
    const { url } = await sign({ ...storyboard.sprite, fileName: downloadName(task.fileName, 'jpg') })
    // Not kept without being asked for again: the URL in it does not live for ever.
    response.set('cache-control', 'private, no-cache').type('text/vtt').send(renderStoryboard(storyboard, url))
  }
