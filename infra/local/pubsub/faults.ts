import type { status } from '@grpc/grpc-js'

/** Which deliveries a rule hits: the next `count` of one subscription (its short id), or of all if none is named. */
export type DeliveryRule = { subscription?: string; count: number }

/** Rules that make the server misbehave; each is explicit and is used up by its count. Rules of different kinds add up. */
export type PubSubFaults = {
  /** The delivery never reaches the endpoint, and counts as a nack. */
  dropDeliveries(rule: DeliveryRule): void
  /** The message is pushed twice at the same time, as one attempt; one acknowledgement is enough. */
  duplicateDeliveries(rule: DeliveryRule): void
  /** The push is sent that many milliseconds later; the ack deadline starts with the push. */
  delayDeliveries(rule: DeliveryRule & { delayMs: number }): void
  /** The message waits until a later one of its subscription has been pushed and answered, or for at most that long. */
  reorderDeliveries(rule: DeliveryRule & { waitAtMostMs: number }): void
  /** The connection is cut that many milliseconds after the push was sent, which counts as a missed ack deadline. */
  cutDeliveries(rule: DeliveryRule & { afterMs: number }): void
  /** The next Publish calls (of one topic's short id, or all) fail with this code; with afterStoring the messages are kept all the same. */
  publishFails(rule: { topic?: string; count: number; code: status; afterStoring?: boolean }): void
  /** Forgets every rule. */
  clear(): void
}

/** What the rules do to one delivery. */
export type DeliveryFault = {
  drop: boolean
  duplicate: boolean
  delayMs: number
  holdBackMs: number | undefined
  cutAfterMs: number | undefined
}

/** The server's side of the faults: each call uses up one count of every rule that matches. */
export type FaultSource = {
  forDelivery(subscription: string): DeliveryFault
  forPublish(topic: string): { code: status; afterStoring: boolean } | undefined
}

/** The faults of one server, none at first. */
export const createFaults = (): { faults: PubSubFaults; source: FaultSource } => {
  const drops: DeliveryRule[] = []
  const duplicates: DeliveryRule[] = []
  const delays: (DeliveryRule & { delayMs: number })[] = []
  const holds: (DeliveryRule & { waitAtMostMs: number })[] = []
  const cuts: (DeliveryRule & { afterMs: number })[] = []
  const publishFailures: { topic?: string; count: number; code: status; afterStoring?: boolean }[] = []
  const add =
    <Rule extends { count: number }>(rules: Rule[]) =>
    (rule: Rule): void => {
      rules.push({ ...rule })
    }

  return {
    faults: {
      dropDeliveries: add(drops),
      duplicateDeliveries: add(duplicates),
      delayDeliveries: add(delays),
      reorderDeliveries: add(holds),
      cutDeliveries: add(cuts),
      publishFails: add(publishFailures),
      clear: () => {
        for (const rules of [drops, duplicates, delays, holds, cuts, publishFailures]) rules.length = 0
      },
    },
    source: {
      forDelivery: (subscription) => {
        const matches = (rule: DeliveryRule) => rule.subscription === undefined || rule.subscription === subscription
        return {
          drop: useRule(drops, matches) !== undefined,
          duplicate: useRule(duplicates, matches) !== undefined,
          delayMs: useRule(delays, matches)?.delayMs ?? 0,
          holdBackMs: useRule(holds, matches)?.waitAtMostMs,
          cutAfterMs: useRule(cuts, matches)?.afterMs,
        }
      },
      forPublish: (topic) => {
        const rule = useRule(publishFailures, (candidate) => candidate.topic === undefined || candidate.topic === topic)
        return rule && { code: rule.code, afterStoring: rule.afterStoring ?? false }
      },
    },
  }
}

const useRule = <Rule extends { count: number }>(rules: Rule[], matches: (rule: Rule) => boolean): Rule | undefined => {
  const rule = rules.find((candidate) => candidate.count > 0 && matches(candidate))
  if (rule) rule.count -= 1
  return rule
}
