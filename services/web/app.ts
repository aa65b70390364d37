import { allow } from '@reelway/shared/http/allow.ts'
import { errorHandler, notFound } from '@reelway/shared/http/error-handler.ts'
import { operations } from '@reelway/shared/http/operations.ts'
import { requestContext } from '@reelway/shared/http/request-context.ts'
import express, { type Express } from 'express'
import { authenticated } from './accounts/authenticated.ts'
import { closeSession } from './accounts/close-session.ts'
import { logIn } from './accounts/log-in.ts'
import { logOut } from './accounts/log-out.ts'
import { me } from './accounts/me.ts'
import { openSession } from './accounts/open-session.ts'
import { refresh } from './accounts/refresh.ts'
import { signUp } from './accounts/sign-up.ts'
import { signingKeys } from './accounts/token-answer.ts'
import { assetArrived } from './assets/asset-arrived.ts'
import { createAsset } from './assets/create-asset.ts'
import { deleteAsset } from './assets/delete-asset.ts'
import { getAsset } from './assets/get-asset.ts'
import { listAssets } from './assets/list-assets.ts'
import { renewAssetUrl } from './assets/renew-asset-url.ts'
import type { Dependencies } from './dependencies.ts'
import { getPlaylist } from './hls/get-playlist.ts'
import { streamTasks } from './live/stream-tasks.ts'
import { getDocument } from './openapi/get-document.ts'
import { listPresets } from './presets/list-presets.ts'
import { getStoryboard } from './previews/get-storyboard.ts'
import { readJson } from './read-json.ts'
import { makeDownloadSigner } from './results/sign-download.ts'
import { makeOutputSigner } from './results/sign-output.ts'
import { securityHeaders } from './security-headers.ts'
import { servePage } from './site/serve-page.ts'
import { cancelTask } from './tasks/cancel-task.ts'
import { changeTask } from './tasks/change-task.ts'
import { createTask } from './tasks/create-task.ts'
import { deleteTask } from './tasks/delete-task.ts'
import { getTask } from './tasks/get-task.ts'
import { listTasks } from './tasks/list-tasks.ts'
import { retryTask } from './tasks/retry-task.ts'
import { renewUploadUrl } from './uploads/renew-upload-url.ts'
import { uploadArrived } from './uploads/upload-arrived.ts'

/** THE API: every route of web in one place. */
export const makeApp = (deps: Dependencies): Express => {
  const user = authenticated(signingKeys(deps.config), deps.db)
  const sign = makeOutputSigner(makeDownloadSigner(deps.signing.outputs), signingKeys(deps.config))
  const signAsset = makeDownloadSigner(deps.signing.uploads)
  const app = express()
  app.set('trust proxy', deps.config.TRUST_PROXY_HOPS)
  app.disable('x-powered-by')
  app.use(requestContext, securityHeaders, readJson)

  app.route('/api/auth/signup').post(signUp(deps)).all(allow('POST'))
  app.route('/api/auth/login').post(logIn(deps)).all(allow('POST'))
  app.route('/api/auth/refresh').post(refresh(deps)).all(allow('POST'))
  app.route('/api/auth/logout').post(logOut(deps)).all(allow('POST'))
  app.route('/api/session').post(openSession(deps)).delete(closeSession(deps)).all(allow('POST', 'DELETE'))
  app
    .route('/api/me')
    .get(user(me(deps)))
    .all(allow('GET'))
  app.route('/api/presets').get(listPresets).all(allow('GET'))
  app
    .route('/api/tasks')
    .get(user(listTasks(deps, sign)))
    .post(user(createTask(deps, sign)))
    .all(allow('GET', 'POST'))
  app
    .route('/api/tasks/events')
    .get(user(streamTasks(deps, sign)))
    .all(allow('GET'))
  app
    .route('/api/tasks/:taskId')
    .get(user(getTask(deps, sign)))
    .patch(user(changeTask(deps, sign)))
    .delete(user(deleteTask(deps)))
    .all(allow('GET', 'PATCH', 'DELETE'))
  app
    .route('/api/tasks/:taskId/upload-url')
    .post(user(renewUploadUrl(deps)))
    .all(allow('POST'))
  app
    .route('/api/tasks/:taskId/uploaded')
    .post(user(uploadArrived(deps, sign)))
    .all(allow('POST'))
  app
    .route('/api/tasks/:taskId/cancel')
    .post(user(cancelTask(deps, sign)))
    .all(allow('POST'))
  app
    .route('/api/tasks/:taskId/retry')
    .post(user(retryTask(deps, sign)))
    .all(allow('POST'))
  app
    .route('/api/tasks/:taskId/storyboard.vtt')
    .get(user(getStoryboard(deps, sign)))
    .all(allow('GET'))
  app
    .route('/api/assets')
    .get(user(listAssets(deps, signAsset)))
    .post(user(createAsset(deps, signAsset)))
    .all(allow('GET', 'POST'))
  app
    .route('/api/assets/:assetId')
    .get(user(getAsset(deps, signAsset)))
    .delete(user(deleteAsset(deps)))
    .all(allow('GET', 'DELETE'))
  app
    .route('/api/assets/:assetId/upload-url')
    .post(user(renewAssetUrl(deps)))
    .all(allow('POST'))
  app
    .route('/api/assets/:assetId/uploaded')
    .post(user(assetArrived(deps, signAsset)))
    .all(allow('POST'))

  app.route('/api/tasks/:taskId/hls/:playlist').get(getPlaylist(deps)).all(allow('GET'))

  app.route('/openapi.json').get(getDocument).all(allow('GET'))
  app
    .route(['/', '/docs', '/favicon.svg', '/robots.txt', '/assets/*file'])
    .get(servePage(deps.pageDirectory, deps.config.STORAGE_ENDPOINT))
    .all(allow('GET'))

  app.use(operations(deps.db, { service: 'web', commit: deps.config.GIT_COMMIT }))
  app.use(notFound, errorHandler(deps.logger))
  return app
}
