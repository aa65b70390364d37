import { setTimeout as wait } from 'node:timers/promises'
import type { Exchange } from './exchange.ts'
import { pause } from './pause.ts'

/** Thrown in place of the rest of a download that a fault cuts off. */
export class InjectedCut extends Error {
  readonly code = 'INJECTED_CUT'
}

/** The chunks of a download as the request's fault lets them through. Throws InjectedCut. */
export async function* withDownloadFault(exchange: Exchange, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { fault } = exchange
  if (fault?.kind === 'lose-answer') throw new InjectedCut()
  if (fault?.kind !== 'cut' && fault?.kind !== 'truncate' && fault?.kind !== 'stall') return yield* source
  const at = fault.afterBytes ?? 0
  let sent = 0
  for await (const chunk of source) {
    if (sent > at || sent + chunk.length < at) {
      sent += chunk.length
      yield chunk
      continue
    }
    const before = chunk.subarray(0, at - sent)
    if (before.length > 0) yield before
    if (fault.kind === 'truncate') return
    if (fault.kind === 'cut') {
      // What was written before must be on its way: a destroyed socket forgets its queue.
      await wait(FLUSH_MS)
      throw new InjectedCut()
    }
    await pause(exchange, fault.ms)
    // One more than the mark, so that a fault that struck at the very end of a chunk does not strike again.
    sent = Math.max(sent + chunk.length, at + 1)
    if (before.length < chunk.length) yield chunk.subarray(before.length)
  }
}

const FLUSH_MS = 20
