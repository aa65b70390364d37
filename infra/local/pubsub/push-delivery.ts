import type { Backlog, Entry } from './backlog.ts'
import type { Deliveries, Delivery } from './delivery-record.ts'
import type { DeliveryFault, FaultSource } from './faults.ts'
import { identityToken, type SigningKey } from './oidc-token.ts'
import { pushBody } from './push-body.ts'
import { createPushAgents, type PushResult, sendPush } from './push-request.ts'
import { shortId } from './resource-name.ts'
import type { Settlement } from './settlement.ts'

// Every other status is a nack [Pub/Sub: receive push messages].
const ACKNOWLEDGING = new Set([102, 200, 201, 202, 204])
const MAX_OUTSTANDING_PUSHES = 1000

/** Pushes what is ready in the backlogs of push subscriptions. */
export type PushDelivery = {
  /** Starts as many deliveries of the backlog as it may have open. */
  pump(backlog: Backlog): void
  /** Ends the pause that startPaused began; from then on pump pushes. */
  resume(): void
  /** Whether no push is open. */
  isIdle(): boolean
  /** Aborts the open pushes, which do not count as failed, and waits until they have ended. */
  close(): Promise<void>
}

/**
 * @param maxOutstandingPushes how many pushes of a subscription (by its short id) may be open at once, 1000 by default
 * @param startPaused pushes nothing before resume() is called
 * @param onChanged called whenever a push may have been the last one
 */
export const createPushDelivery = (deps: {
  settlement: Settlement
  faults: FaultSource
  deliveries: Deliveries & { add(delivery: Delivery): void }
  signingKey: SigningKey
  maxOutstandingPushes: ReadonlyMap<string, number>
  startPaused: boolean
  onChanged: () => void
}): PushDelivery => {
  const agents = createPushAgents()
  const closing = new AbortController()
  const running = new Set<Promise<void>>()
  const openPushes = new Map<Backlog, number>()
  const heldBack = new Set<{ backlog: Backlog; entry: Entry; release: () => void }>()
  const afterHold = new WeakMap<Entry, DeliveryFault>()
  let paused = deps.startPaused

  const pump = (backlog: Backlog): void => {
    const id = shortId(backlog.subscription.name)
    const most = deps.maxOutstandingPushes.get(id) ?? MAX_OUTSTANDING_PUSHES
    const mayPush = () => backlog.subscription.pushConfig.pushEndpoint !== '' && (openPushes.get(backlog) ?? 0) < most
    while (!paused && !closing.signal.aborted && mayPush()) {
      const entry = backlog.take()
      if (!entry) break
      const fault = afterHold.get(entry) ?? deps.faults.forDelivery(id)
      afterHold.delete(entry)
      if (fault.holdBackMs === undefined) start(backlog, entry, fault)
      else holdBack(backlog, entry, fault, fault.holdBackMs)
    }
    deps.onChanged()
  }

  const start = (backlog: Backlog, entry: Entry, fault: DeliveryFault): void => {
    openPushes.set(backlog, (openPushes.get(backlog) ?? 0) + 1)
    const delivery = deliver(backlog, entry, fault).finally(() => {
      openPushes.set(backlog, (openPushes.get(backlog) ?? 1) - 1)
      running.delete(delivery)
      for (const held of heldBack) if (held.backlog === backlog && isLater(entry, held.entry)) held.release()
      pump(backlog)
    })
    running.add(delivery)
  }

  const deliver = async (backlog: Backlog, entry: Entry, fault: DeliveryFault): Promise<void> => {
    const copies = fault.duplicate ? 2 : 1
    const results = await Promise.all(Array.from({ length: copies }, () => pushOnce(backlog, entry, fault)))
    const acknowledged = results.some(({ status }) => status !== undefined && ACKNOWLEDGING.has(status))
    if (acknowledged) deps.settlement.acknowledge(backlog, entry)
    else if (!results.some(({ end }) => end === 'server-closed')) deps.settlement.fail(backlog, entry)
  }

  const pushOnce = async (backlog: Backlog, entry: Entry, fault: DeliveryFault): Promise<PushResult> => {
    const deliveryAttempt = entry.failures + 1
    const startedAt = new Date()
    const result: PushResult = fault.drop ? { status: undefined, end: 'dropped' } : await push(backlog, entry, fault)
    const subscription = shortId(backlog.subscription.name)
    deps.deliveries.add({
      subscription,
      messageId: entry.message.id,
      deliveryAttempt,
      ...result,
      startedAt,
      endedAt: new Date(),
    })
    return result
  }

  const push = async (backlog: Backlog, entry: Entry, fault: DeliveryFault): Promise<PushResult> => {
    const { name, pushConfig, ackDeadlineSeconds, deadLetterPolicy } = backlog.subscription
    if (fault.delayMs > 0) await delay(fault.delayMs, closing.signal)
    const deliveryAttempt = deadLetterPolicy ? entry.failures + 1 : undefined
    const { headers, body } = pushBody({
      message: entry.message,
      subscription: name,
      push: pushConfig,
      deliveryAttempt,
    })
    const { oidcToken, pushEndpoint } = pushConfig
    const token =
      oidcToken &&
      identityToken(deps.signingKey, {
        audience: oidcToken.audience || pushEndpoint,
        email: oidcToken.serviceAccountEmail,
      })
    return sendPush({
      url: pushEndpoint,
      headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body,
      agents,
      deadlineMs: ackDeadlineSeconds * 1000,
      cutAfterMs: fault.cutAfterMs,
      closing: closing.signal,
    })
  }

  const holdBack = (backlog: Backlog, entry: Entry, fault: DeliveryFault, waitAtMostMs: number): void => {
    afterHold.set(entry, { ...fault, holdBackMs: undefined })
    const release = (): void => {
      clearTimeout(timer)
      closing.signal.removeEventListener('abort', release)
      heldBack.delete(held)
      if (!closing.signal.aborted) backlog.returnAfter(entry, 0)
    }
    const held = { backlog, entry, release }
    const timer = setTimeout(release, waitAtMostMs)
    closing.signal.addEventListener('abort', release)
    heldBack.add(held)
  }

  return {
    pump,
    resume: () => {
      paused = false
    },
    isIdle: () => running.size === 0,
    close: async () => {
      closing.abort()
      await Promise.all(running)
      agents.destroy()
    },
  }
}

const isLater = (entry: Entry, than: Entry): boolean => Number(entry.message.id) > Number(than.message.id)

const delay = (delayMs: number, closing: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      closing.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, delayMs)
    closing.addEventListener('abort', done)
  })
