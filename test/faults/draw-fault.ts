import type { FaultAction, FaultApi } from '@reelway/local/storage/faults.ts'
import type { SeededRandom } from './seeded-random.ts'

const subscriptions = ['jobs', 'jobs', 'jobs', 'uploads', 'jobs-dead-letter'] as const
const deliveryFaults = ['drop', 'delay', 'duplicate', 'reorder', 'cut'] as const

/** One thing that goes wrong. `which` chooses among the processes that run then. */
export type Fault =
  /** SIGKILL. leaseEnds: what it held is taken over at once, and not after 30 s */
  | { kind: 'kill batch'; which: number; leaseEnds: boolean }
  /** SIGTERM, as Cloud Run does it */
  | { kind: 'stop batch'; which: number }
  | { kind: 'kill web' }
  | { kind: 'kill database' }
  /** stands still for longer than its lease lives */
  | { kind: 'pause holder'; which: number; forMillis: number }
  | { kind: 'fill disk'; which: number; forMillis: number }
  | {
      kind: 'deliveries'
      what: (typeof deliveryFaults)[number]
      subscription: (typeof subscriptions)[number]
      count: number
      millis: number
    }
  /** afterStoring: Pub/Sub has the message, but nobody hears so */
  | { kind: 'publish fails'; count: number; afterStoring: boolean }
  | { kind: 'storage'; api: FaultApi; times: number; action: FaultAction }

const WEIGHTS = {
  'kill batch': 10,
  'stop batch': 3,
  'kill web': 4,
  'kill database': 3,
  'pause holder': 8,
  'fill disk': 6,
  deliveries: 30,
  'publish fails': 10,
  storage: 26,
} as const satisfies Record<Fault['kind'], number>

/** Draws the next fault. */
export const drawFault = (random: SeededRandom): Fault => {
  const kind = random.weighted(WEIGHTS)
  const which = random.between(0, 9)
  switch (kind) {
    case 'kill batch':
      return { kind, which, leaseEnds: random.percent(70) }
    case 'stop batch':
      return { kind, which }
    case 'kill web':
    case 'kill database':
      return { kind }
    case 'pause holder':
      return { kind, which, forMillis: random.between(1_000, 6_000) }
    case 'fill disk':
      return { kind, which, forMillis: random.between(1_000, 4_000) }
    case 'deliveries':
      return {
        kind,
        what: random.pick(deliveryFaults),
        subscription: random.pick(subscriptions),
        count: random.between(1, 3),
        millis: random.between(20, 3_000),
      }
    case 'publish fails':
      return { kind, count: random.between(1, 3), afterStoring: random.percent(30) }
    case 'storage':
      return { kind, ...drawStorageFault(random) }
    default:
      return kind satisfies never
  }
}

// The clips have 10 kB to a few MB, so that most cuts strike in the middle of a range.
const drawStorageFault = (random: SeededRandom): { api: FaultApi; times: number; action: FaultAction } => {
  const afterBytes = random.between(0, 60_000)
  const status: FaultAction = { kind: 'status', status: random.pick([429, 500, 503]) }
  const api = random.weighted({ media: 50, upload: 20, resumable: 15, json: 15 })
  // Anything else would be a request of another kind.
  const body: FaultAction[] = api === 'media' ? [{ kind: 'truncate', afterBytes }] : []
  const actions: FaultAction[] = [
    status,
    { kind: 'cut', afterBytes },
    { kind: 'lose-answer' },
    { kind: 'delay', ms: random.between(100, 2_000) },
    { kind: 'stall', ms: random.between(500, 4_000), afterBytes },
    ...body,
  ]
  return { api, times: random.pick([1, 1, 1, 2, 3, 9]), action: random.pick(actions) }
}
