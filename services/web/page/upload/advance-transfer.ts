import { adaptChunk } from './adapt-chunk.ts'
import { backOffMillis } from './back-off-millis.ts'
import { type Phase, QUANTUM_BYTES, type Transfer } from './transfer.ts'
import type { TransferFailure } from './transfer-failure.ts'

/** What happens to a transfer from outside. */
export type Wish =
  | { kind: 'resume' }
  | { kind: 'pause' }
  /** whether the last bytes may be sent */
  | { kind: 'may-finish'; value: boolean }
  /** the network is there again, or the machine woke up: a pause after a failure is over */
  | { kind: 'hurry' }
  /** the network is gone: what is under way will not be answered, though the browser may take a minute to notice */
  | { kind: 'give-up-turn' }

/** What came of the work of a turn. `random`, from 0 to 1, spreads the pause that follows a failure. */
export type Outcome =
  | { kind: 'opened'; uri: string }
  /** 308: this many bytes are stored; undefined: the answer does not say. `tookMillis` of a whole chunk */
  | { kind: 'kept'; bytes: number | undefined; tookMillis?: number; random: number }
  | { kind: 'stored' }
  | { kind: 'session-gone'; random: number }
  | { kind: 'trouble'; random: number }
  | { kind: 'refused'; failure: TransferFailure }
  | { kind: 'waited' }

export type TransferEvent = { wish: Wish } | { outcome: Outcome; turn: number }

/**
 * THE STATE MACHINE OF AN UPLOAD: what becomes of a transfer by an event. The same transfer is returned where nothing changes, so that a
 * second click, or an answer to a question that nobody asks any more, does no harm.
 */
export const advanceTransfer = (transfer: Transfer, event: TransferEvent): Transfer => {
  if ('wish' in event) return granted(transfer, event.wish)
  return event.turn === transfer.turn ? after(transfer, event.outcome) : transfer
}

const granted = (transfer: Transfer, wish: Wish): Transfer => {
  const { phase } = transfer
  switch (wish.kind) {
    case 'resume':
      return phase.kind === 'paused' || phase.kind === 'failed' ? begin({ ...transfer, failures: 0 }) : transfer
    case 'pause':
      return phase.kind === 'stored' || phase.kind === 'failed' || phase.kind === 'paused'
        ? transfer
        : enter(transfer, { kind: 'paused' })
    case 'hurry':
      return phase.kind === 'waiting' ? begin(transfer) : transfer
    case 'give-up-turn':
      return phase.kind === 'opening' || phase.kind === 'asking' || phase.kind === 'sending'
        ? wait(transfer, 1)
        : transfer
    case 'may-finish':
      return hold(transfer, wish.value)
    default:
      return wish satisfies never
  }
}

/** Always asks the storage first what it has: whatever was here before may be wrong. */
const begin = (transfer: Transfer): Transfer =>
  enter(transfer, { kind: transfer.sessionUri === null ? 'opening' : 'asking' })

const hold = (before: Transfer, mayFinish: boolean): Transfer => {
  if (before.mayFinish === mayFinish) return before
  const transfer = { ...before, mayFinish }
  const { phase } = transfer
  if (mayFinish) return phase.kind === 'holding' ? send(transfer) : transfer
  // Its last bytes are on their way: they are called back, and the storage says whether that was in time.
  return phase.kind === 'sending' && phase.to === transfer.sizeBytes ? begin(transfer) : transfer
}

const after = (transfer: Transfer, outcome: Outcome): Transfer => {
  switch (outcome.kind) {
    case 'opened':
      return send({ ...transfer, sessionUri: outcome.uri, storedBytes: 0 })
    case 'kept':
      return kept(transfer, outcome)
    case 'stored':
      return enter({ ...transfer, storedBytes: transfer.sizeBytes }, { kind: 'stored' })
    case 'session-gone':
      return sessionGone(transfer, outcome.random)
    case 'trouble':
      return wait(transfer, outcome.random)
    case 'refused':
      return enter(transfer, { kind: 'failed', failure: outcome.failure })
    case 'waited':
      return begin(transfer)
    default:
      return outcome satisfies never
  }
}

/** Two whole chunks of which nothing was said to be stored: a header that is hidden looks like that, and nothing else does. */
const BLIND_ANSWERS = 2

const kept = (transfer: Transfer, { bytes, tookMillis, random }: Outcome & { kind: 'kept' }): Transfer => {
  const { phase } = transfer
  const wasSent = phase.kind === 'sending'
  if (bytes === undefined && wasSent) {
    const blindAnswers = transfer.blindAnswers + 1
    if (blindAnswers >= BLIND_ANSWERS) return enter(transfer, { kind: 'failed', failure: { kind: 'range-hidden' } })
    return wait({ ...transfer, blindAnswers, storedBytes: 0 }, random)
  }
  const storedBytes = bytes ?? 0
  const wasWhole = wasSent && phase.to - phase.from === transfer.chunkBytes
  const next = {
    ...transfer,
    storedBytes,
    ...(bytes !== undefined && { blindAnswers: 0 }),
    ...(storedBytes > transfer.storedBytes && { failures: 0 }),
    ...(wasWhole && tookMillis !== undefined && { chunkBytes: adaptChunk(transfer.chunkBytes, tookMillis) }),
  }
  // All is there, or nothing was added, and still it is not finished: not to be asked again at once.
  return storedBytes >= transfer.sizeBytes || (wasSent && storedBytes <= phase.from) ? wait(next, random) : send(next)
}

const sessionGone = (before: Transfer, random: number): Transfer => {
  const transfer = { ...before, sessionUri: null, storedBytes: 0 }
  // A new one at once, but not one after the other.
  return transfer.failures === 0 ? begin({ ...transfer, failures: 1 }) : wait(transfer, random)
}

const wait = (transfer: Transfer, random: number): Transfer =>
  enter(
    { ...transfer, failures: transfer.failures + 1 },
    { kind: 'waiting', millis: backOffMillis(transfer.failures, random) },
  )

const send = (transfer: Transfer): Transfer => {
  const { sizeBytes, storedBytes: from, chunkBytes, mayFinish } = transfer
  const to = Math.min(from + chunkBytes, sizeBytes)
  if (to === sizeBytes && mayFinish) return enter(transfer, { kind: 'sending', from, to })
  const limit = Math.min(to, sizeBytes - 1)
  const whole = limit - from - ((limit - from) % QUANTUM_BYTES)
  return enter(transfer, whole > 0 ? { kind: 'sending', from, to: from + whole } : { kind: 'holding' })
}

const enter = (transfer: Transfer, phase: Phase): Transfer => ({ ...transfer, phase, turn: transfer.turn + 1 })
