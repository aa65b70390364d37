import type { File } from '@google-cloud/storage'
import { readObject } from '../source/read-object.ts'
import type { SampleRuns } from './sample-runs.ts'

/** Samples of one part, and the object that holds them. */
export type Piece = { file: File; runs: SampleRuns }

/** When so little of a piece is left, the next one is asked for: the time until its first byte is not lost. */
const ASK_AHEAD_BYTES = 1024 * 1024

/**
 * The bytes of all samples of the pieces, one after the other, as they come from the storage. One read for each piece,
 * from its first sample to its last; what lies between the samples is dropped. In memory there are the buffers of two
 * connections. Throws what readObject throws.
 */
export async function* readSamples(pieces: readonly Piece[], signal: AbortSignal): AsyncGenerator<Buffer, void, void> {
  const ended = new AbortController()
  const either = AbortSignal.any([signal, ended.signal])
  const reads: Begun[] = []
  const open = (piece: Piece | undefined) => {
    if (piece !== undefined) reads.push(begin(piece, either))
  }
  open(pieces[0])
  try {
    for (const [index, { runs }] of pieces.entries()) {
      const { first, last } = rangeOf(runs)
      const read = reads[0]
      if (read === undefined) return
      let at = first
      for await (const chunk of chunksOf(read)) {
        if (reads.length === 1 && last - at < ASK_AHEAD_BYTES) open(pieces[index + 1])
        yield* withoutGaps(chunk, at, runs)
        at += chunk.length
      }
      if (reads.length === 1) open(pieces[index + 1])
      reads.shift()
    }
  } finally {
    ended.abort()
    await Promise.allSettled(reads.map(({ rest }) => rest.return()))
  }
}

type Begun = { first: Promise<IteratorResult<Buffer, void>>; rest: AsyncGenerator<Buffer, void, void> }

const begin = ({ file, runs }: Piece, signal: AbortSignal): Begun => {
  const rest = readObject(file, rangeOf(runs), signal)
  const first = rest.next()
  // It may fail before anybody waits for it; whoever does then learns of it.
  first.catch(() => undefined)
  return { first, rest }
}

async function* chunksOf({ first, rest }: Begun): AsyncGenerator<Buffer> {
  const { value } = await first
  if (value !== undefined) yield value
  yield* rest
}

const rangeOf = (runs: SampleRuns): { first: number; last: number } => ({
  first: runs[0] ?? 0,
  last: (runs.at(-2) ?? 0) + (runs.at(-1) ?? 0) - 1,
})

/** The bytes of a chunk, which begins at byte `at` of the object, that belong to samples. */
function* withoutGaps(chunk: Buffer, at: number, runs: SampleRuns): Generator<Buffer> {
  const end = at + chunk.length
  for (let run = runAfter(runs, at); run < runs.length; run += 2) {
    const from = runs[run] ?? 0
    const to = from + (runs[run + 1] ?? 0)
    if (from >= end) return
    yield chunk.subarray(Math.max(from, at) - at, Math.min(to, end) - at)
  }
}

/** The place in the pairs of the first run that ends after byte `at`. */
const runAfter = (runs: SampleRuns, at: number): number => {
  let low = 0
  let high = runs.length / 2
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((runs[middle * 2] ?? 0) + (runs[middle * 2 + 1] ?? 0) > at) high = middle
    else low = middle + 1
  }
  return low * 2
}
