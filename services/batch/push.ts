import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { runInContext } from '@reelway/shared/http/request-context.ts'
import { type PushEnvelope, pushEnvelope } from '@reelway/shared/message/envelope.ts'
import type { PushVerdict } from '@reelway/shared/message/push-auth.ts'
import express, { type ErrorRequestHandler, type RequestHandler, Router } from 'express'
import type { Logger } from 'winston'
import { ackStatus, type Outcome } from './ack-policy.ts'

/** Pub/Sub's messages have at most 10 MB (https://cloud.google.com/pubsub/quotas), and base64 makes them a third larger. */
const ENVELOPE_LIMIT_BYTES = 14 * 1024 * 1024

export type MessageHandler = (envelope: PushEnvelope) => Promise<Outcome>

/** Lets only requests pass that carry a token of ours; 401 without one, 403 with another's. */
export const onlyAuthentic =
  (verify: (authorization: string | undefined) => Promise<PushVerdict>, logger: Logger): RequestHandler =>
  async (request, response, next) => {
    const verdict = await verify(request.get('authorization'))
    if (verdict.kind === 'authentic') return next()
    logger.warn('request refused', { path: request.path, reason: verdict.reason })
    if (request.get('authorization') === undefined) throw reelwayError('unauthenticated')
    response.status(403).end()
  }

/** A route that takes pushed messages: body → envelope → handler → outcome → status, in the trace of the message. */
export const pushRoute = (handler: MessageHandler, logger: Logger): Router =>
  Router().post(
    '/',
    express.json({ limit: ENVELOPE_LIMIT_BYTES, type: () => true }),
    handle(handler, logger),
    ackUnreadable(logger),
  )

const handle =
  (handler: MessageHandler, logger: Logger): RequestHandler =>
  async (request, response) => {
    const envelope = pushEnvelope.safeParse(request.body)
    if (!envelope.success) {
      settle({ kind: 'malformed', reason: 'the body is no push envelope' })
      return
    }
    const { message, subscription, deliveryAttempt } = envelope.data
    await runInContext(message.attributes.traceparent, async () => {
      const outcome = await outcomeOf(handler, envelope.data, logger)
      settle(outcome, { messageId: message.messageId, subscription, deliveryAttempt })
    })

    function settle(outcome: Outcome, delivery: object = {}): void {
      const status = ackStatus(outcome)
      logger.log(status === 204 && outcome.kind !== 'malformed' ? 'info' : 'warn', `delivery ${outcome.kind}`, {
        ...delivery,
        outcome,
        status,
      })
      response.status(status).end()
    }
  }

// Whatever a handler did not expect is worth another delivery; after the last one the dead letter tells the owner.
const outcomeOf = async (handler: MessageHandler, envelope: PushEnvelope, logger: Logger): Promise<Outcome> => {
  try {
    return await handler(envelope)
  } catch (err) {
    logger.error('a delivery failed unexpectedly', { messageId: envelope.message.messageId, err })
    return { kind: 'try-again', code: 'internal' }
  }
}

/** A body that is no JSON, or too large to be a message, would be the same next time: it is logged and acked. */
const ackUnreadable =
  (logger: Logger): ErrorRequestHandler =>
  (err: unknown, _request, response, _next) => {
    logger.warn('delivery malformed', {
      outcome: { kind: 'malformed', reason: 'the body cannot be read' },
      status: 204,
      err,
    })
    response.status(204).end()
  }
