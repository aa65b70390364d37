import type { File } from '@google-cloud/storage'
import type { JoinedPicture } from './key-frames.ts'
import { malformedPart } from './malformed-part.ts'
import { sumSizes } from './sum-sizes.ts'

/** The object that holds a sample of a joined picture, by its number in the order of decoding, and its first byte there. */
export const locateSample = ({ table, parts, pieces }: JoinedPicture, index: number): { file: File; first: number } => {
  let start = 0
  for (const [number, { samples }] of parts.entries()) {
    const piece = pieces[number]
    if (piece !== undefined && index < start + samples) {
      return { file: piece.file, first: placeIn(piece.runs, sumSizes(table.sizes, start, index)) }
    }
    start += samples
  }
  throw malformedPart(`there is no frame ${index}`)
}

/** The place of the byte that comes after `bytes` of the samples in these runs. */
const placeIn = (runs: Float64Array, bytes: number): number => {
  let left = bytes
  for (let run = 0; run < runs.length; run += 2) {
    const length = runs[run + 1] ?? 0
    if (left < length) return (runs[run] ?? 0) + left
    left -= length
  }
  throw malformedPart('a part has fewer bytes than its samples')
}
