import { createHash } from 'node:crypto'
import { isSettled } from '@reelway/shared/task-status.ts'
import type { Request } from 'express'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { findTask, taskIdOf } from './find-task.ts'
import { toTaskResource } from './task-resource.ts'
import { waitForChange } from './wait-for-change.ts'

const LONGEST_WAIT_SECONDS = 60

/**
 * GET /api/tasks/:taskId, with ETag and 304. With `Prefer: wait=N` (RFC 7240) it answers when the task changes, after N seconds
 * at the latest; at once when it has settled, or when it differs already from the client's If-None-Match.
 */
export const getTask =
  (deps: Dependencies, sign: (download: Download) => Promise<SignedDownload>): UserHandler =>
  async (request, response, userId) => {
    const taskId = taskIdOf(request)
    const render = async () => {
      const { task, outputs } = await findTask(deps, userId, taskId)
      const body = JSON.stringify(await toTaskResource(task, outputs, sign))
      return { task, body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` }
    }
    let rendered = await render()
    const waitSeconds = waitOf(request)
    const known = request.get('if-none-match')
    if (waitSeconds && !isSettled(rendered.task.status) && (known === undefined || matches(known, rendered.etag))) {
      const gone = new AbortController()
      response.once('close', () => gone.abort())
      // Gone while the task was read: nobody tells that again.
      if (response.destroyed) gone.abort()
      await waitForChange(deps, { userId, taskId, version: rendered.task.version, waitSeconds, gone: gone.signal })
      if (gone.signal.aborted) return
      rendered = await render()
    }
    if (waitSeconds !== undefined) response.set('preference-applied', `wait=${waitSeconds}`)
    response.set('cache-control', 'private, no-cache').set('etag', rendered.etag)
    // Not left to Express: it never answers 304 to "cache-control: no-cache", which fetch() sends along with every If-None-Match.
    if (known !== undefined && matches(known, rendered.etag)) response.status(304).end()
    else response.type('json').send(rendered.body)
  }

/** RFC 9110, 13.1.2: a list of tags, compared without regard to W/, or an asterisk for whatever there is. */
const matches = (ifNoneMatch: string, etag: string): boolean => ifNoneMatch.trim() === '*' || ifNoneMatch.includes(etag)

const waitOf = (request: Request): number | undefined => {
  const wait = /(?:^|[,;])\s*wait\s*=\s*"?(\d+)"?\s*(?:[,;]|$)/i.exec(request.get('prefer') ?? '')?.[1]
  return wait === undefined ? undefined : Math.min(Number(wait), LONGEST_WAIT_SECONDS)
}
