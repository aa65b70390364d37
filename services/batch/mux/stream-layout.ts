import type { Layout } from './layout.ts'
import { malformedPart } from './malformed-part.ts'

/** Small pieces are handed on together: an upload pays for every buffer. */
const BUFFER_BYTES = 256 * 1024

type Samples = AsyncGenerator<Buffer, void, void>

/**
 * Makes the bytes of a result in order, in buffers of about 256 KiB, out of its layout and the bytes of its samples. Nothing is
 * read before somebody takes what was made. Throws what the readers throw, and result_rejected when one ends early.
 */
export async function* streamLayout(
  layout: Layout,
  samples: { picture: Samples; sound: Samples },
): AsyncGenerator<Buffer, void, void> {
  const readers = { picture: takeFrom(samples.picture), sound: takeFrom(samples.sound) }
  let waiting: Buffer[] = []
  let waitingBytes = 0
  try {
    for (const step of layout.steps()) {
      let left = step.kind === 'literal' ? step.bytes.length : step.sizeBytes
      while (left > 0) {
        const bytes = step.kind === 'literal' ? step.bytes : await readers[step.kind](left)
        left -= bytes.length
        waiting.push(bytes)
        waitingBytes += bytes.length
        if (waitingBytes < BUFFER_BYTES) continue
        yield Buffer.concat(waiting)
        waiting = []
        waitingBytes = 0
      }
    }
    if (waitingBytes > 0) yield Buffer.concat(waiting)
  } finally {
    await Promise.all([samples.picture.return(), samples.sound.return()])
  }
}

/** Reads at most so many bytes, and at least one. */
const takeFrom = (source: Samples): ((most: number) => Promise<Buffer>) => {
  let left: Buffer = Buffer.alloc(0)
  return async (most) => {
    while (left.length === 0) {
      const { value, done } = await source.next()
      if (done === true || value === undefined) throw malformedPart('the samples of the parts end early')
      left = value
    }
    const taken = left.subarray(0, most)
    left = left.subarray(taken.length)
    return taken
  }
}
