import { allow } from '@reelway/shared/http/allow.ts'
import { errorHandler, notFound } from '@reelway/shared/http/error-handler.ts'
import { operations } from '@reelway/shared/http/operations.ts'
import { requestContext } from '@reelway/shared/http/request-context.ts'
import { makePushVerifier } from '@reelway/shared/message/push-auth.ts'
import express, { type Express } from 'express'
import type { Dependencies } from './dependencies.ts'
import { deadLetter } from './handlers/dead-letter.ts'
import { job } from './handlers/job.ts'
import { objectFinalized } from './handlers/object-finalized.ts'
import { reap } from './handlers/reap.ts'
import { onlyAuthentic, pushRoute } from './push.ts'

/** Every route of batch in one place. Nobody but Pub/Sub and the scheduler may call it. */
export const makeApp = (deps: Dependencies): Express => {
  const { config, logger } = deps
  const authentic = (email: string) =>
    onlyAuthentic(
      makePushVerifier({
        audience: config.PUSH_AUDIENCE,
        emails: [email],
        check: config.PUSH_TOKEN_CHECK,
        certsUrl: config.PUSH_CERTS_URL,
      }),
      logger,
    )
  const app = express()
  app.disable('x-powered-by')
  app.use(requestContext)
  app.use(operations(deps.db, { service: 'batch', commit: config.GIT_COMMIT }))

  app.use('/pubsub', authentic(config.PUSH_SERVICE_ACCOUNT))
  app.use(
    '/pubsub/jobs',
    pushRoute((envelope) => job(deps, envelope), logger),
  )
  app.use(
    '/pubsub/dead-letter',
    pushRoute((envelope) => deadLetter(deps, envelope), logger),
  )
  app.use(
    '/pubsub/uploads',
    pushRoute((envelope) => objectFinalized(deps, envelope), logger),
  )
  app.route('/jobs/reap').post(authentic(config.SCHEDULER_SERVICE_ACCOUNT), reap(deps)).all(allow('POST'))

  app.use(notFound, errorHandler(logger))
  return app
}
