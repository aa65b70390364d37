import type { ErrorCode } from '@reelway/shared/errors/catalogue.ts'
import type { Refused } from '../refusal.ts'
import { BEGINNING_BYTES, judgeBeginning } from './judge-beginning.ts'

/**
 * The refusal of a source at `url` (our loopback source) that is not a video that can be read, by what it is instead. `stderrTail`: what
 * ffprobe said. A source that cannot be read at all is only no video: the caller knows, from its own record of reads. An abort
 * throws the signal's reason.
 */
export const explainUnreadable = async (url: string, stderrTail: string, signal: AbortSignal): Promise<Refused> => {
  const code = judgeBeginning(await readBeginning(url, signal)) ?? explained(stderrTail)
  return { kind: 'refused', code, parameters: {} }
}

const explained = (stderrTail: string): ErrorCode =>
  /moov atom not found/.test(stderrTail) ? 'source_unfinished' : 'not_a_video'

const readBeginning = async (url: string, signal: AbortSignal): Promise<Buffer> => {
  try {
    const answer = await fetch(url, { headers: { range: `bytes=0-${BEGINNING_BYTES - 1}` }, signal })
    return answer.status === 206 ? Buffer.from(await answer.arrayBuffer()) : Buffer.alloc(0)
  } catch {
    signal.throwIfAborted()
    return Buffer.alloc(0)
  }
}
