/** One push attempt, as it went. */
export type Delivery = {
  /** Short id of the subscription. */
  subscription: string
  messageId: string
  /** 1 or more, counted whether or not the subscription has a dead-letter policy. */
  deliveryAttempt: number
  /** HTTP status that the endpoint answered, undefined if it did not answer. */
  status: number | undefined
  /** How the attempt ended; only an answer can acknowledge. */
  end: 'answered' | 'connection-failed' | 'deadline-missed' | 'cut' | 'dropped' | 'server-closed'
  startedAt: Date
  endedAt: Date
}

/** The last push attempts, oldest first, and a way to hear of each new one. */
export type Deliveries = {
  recent(): readonly Delivery[]
  /** Calls the listener at the end of each attempt, until the returned function is called. */
  subscribe(listener: (delivery: Delivery) => void): () => void
}

/** @param kept how many attempts are remembered */
export const recordDeliveries = (kept: number): Deliveries & { add(delivery: Delivery): void } => {
  const deliveries: Delivery[] = []
  const listeners = new Set<(delivery: Delivery) => void>()
  return {
    recent: () => [...deliveries],
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    add: (delivery) => {
      deliveries.push(delivery)
      if (deliveries.length > kept) deliveries.shift()
      for (const listener of listeners) listener(delivery)
    },
  }
}
