import { advanceTransfer, type Outcome, type TransferEvent, type Wish } from './advance-transfer.ts'
import { putRange } from './put-range.ts'
import { readStorageAnswer } from './read-storage-answer.ts'
import { newTransfer, type Transfer } from './transfer.ts'

export type TransferWork = {
  file: Blob
  /** of an earlier visit, to go on in */
  sessionUri: string | null
  /** of the same, as far as is known */
  storedBytes?: number | undefined
  /** false: all but the last bytes are sent, until the wish may-finish */
  mayFinish: boolean
  /** opens a session: asks for a signed URL, and starts with it */
  open: (signal: AbortSignal) => Promise<Outcome>
  /** called after every change; `sentBytes` are those stored and those on their way */
  onChange: (transfer: Transfer, sentBytes: number) => void
}

export type RunningTransfer = {
  wish(wish: Wish): void
  /** stops all work and listening; nothing is called after that */
  end(): void
}

/** Without a network the browser may say so, and says when it is back; but it may also be wrong. */
const OFFLINE_MILLIS = 60_000

/**
 * Does what the state of a transfer asks for, one thing at a time: each turn ends the work of the one before. It begins paused. `onChange`
 * may be called before a wish returns.
 */
export const runTransfer = (work: TransferWork): RunningTransfer => {
  let transfer = newTransfer(work.file.size, work.sessionUri, work.mayFinish, work.storedBytes)
  let turn = new AbortController()
  let ended = false

  const apply = (event: TransferEvent): void => {
    const next = advanceTransfer(transfer, event)
    if (ended || next === transfer) return
    const isNewTurn = next.turn !== transfer.turn
    transfer = next
    if (isNewTurn) {
      turn.abort()
      turn = new AbortController()
    }
    work.onChange(transfer, transfer.storedBytes)
    if (isNewTurn && transfer === next) void take(next, turn.signal)
  }

  const take = async (taken: Transfer, signal: AbortSignal): Promise<void> => {
    const onSent = (bytes: number) => {
      if (!signal.aborted) work.onChange(transfer, taken.storedBytes + bytes)
    }
    const outcome = await outcomeOf(taken, work, signal, onSent)
    if (outcome !== undefined) apply({ outcome, turn: taken.turn })
  }

  const hurry = () => apply({ wish: { kind: 'hurry' } })
  const giveUpTurn = () => apply({ wish: { kind: 'give-up-turn' } })
  addEventListener('online', hurry)
  addEventListener('offline', giveUpTurn)
  return {
    wish: (wish) => apply({ wish }),
    end: () => {
      ended = true
      turn.abort()
      removeEventListener('online', hurry)
      removeEventListener('offline', giveUpTurn)
    },
  }
}

/** Does the work of a turn; undefined when it was ended, or when there is nothing to do. */
const outcomeOf = async (
  { phase, sessionUri, sizeBytes }: Transfer,
  { file, open }: TransferWork,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<Outcome | undefined> => {
  try {
    if (phase.kind === 'waiting') {
      await pause(navigator.onLine ? phase.millis : OFFLINE_MILLIS, signal)
      return { kind: 'waited' }
    }
    if (phase.kind === 'opening') return await open(signal)
    if (sessionUri === null) return undefined
    if (phase.kind === 'asking') {
      return await put({ sessionUri, contentRange: `bytes */${sizeBytes}`, signal })
    }
    if (phase.kind !== 'sending') return undefined
    const { from, to } = phase
    const body = file.slice(from, to)
    const outcome = await put({
      sessionUri,
      contentRange: `bytes ${from}-${to - 1}/${sizeBytes}`,
      body,
      signal,
      onSent,
    })
    return outcome.kind === 'trouble' && !(await isReadable(body))
      ? { kind: 'refused', failure: { kind: 'unreadable' } }
      : outcome
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  }
}

const put = async (request: Parameters<typeof putRange>[0]): Promise<Outcome> =>
  readStorageAnswer(await putRange(request), Math.random())

const pause = (millis: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, millis)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })

/** A file that was changed or is gone looks like a broken network to a request. */
const isReadable = async (piece: Blob): Promise<boolean> => {
  try {
    await piece.slice(0, 1).arrayBuffer()
    return true
  } catch {
    return false
  }
}
