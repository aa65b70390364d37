import { malformedPart } from '../malformed-part.ts'
import { findBox, requireBox } from './find-box.ts'

/**
 * Where the chunks of a track lie in its file (bytes from its start), and how many samples each holds: from stco or co64, and
 * stsc (ISO/IEC 14496-12, 8.7.4 and 8.7.5). Throws result_rejected unless they hold `samples` samples together.
 */
export const readChunkTable = (stbl: Buffer, samples: number): { offsets: Float64Array; samples: Uint32Array } => {
  const offsets = readOffsets(stbl)
  const stsc = requireBox(stbl, 8, 'stsc')
  const runs = stsc.readUInt32BE(4)
  if (stsc.length !== 8 + runs * 12) throw malformedPart('the chunks of a part are cut short')
  const counts = new Uint32Array(offsets.length)
  for (let run = 0; run < runs; run += 1) {
    const first = stsc.readUInt32BE(8 + run * 12) - 1
    // Up to the first chunk of the next run, or to the last of all.
    counts.fill(stsc.readUInt32BE(12 + run * 12), first)
  }
  const counted = counts.reduce((sum, count) => sum + count, 0)
  if (counted !== samples) throw malformedPart(`a part has chunks for ${counted} of ${samples} samples`)
  return { offsets, samples: counts }
}

const readOffsets = (stbl: Buffer): Float64Array => {
  const long = findBox(stbl, 'co64')
  const table = long ?? requireBox(stbl, 8, 'stco')
  const entryBytes = long === undefined ? 4 : 8
  const count = table.length < 8 ? 0 : table.readUInt32BE(4)
  if (table.length !== 8 + count * entryBytes) throw malformedPart('the places of the chunks of a part are cut short')
  return Float64Array.from({ length: count }, (_, index) =>
    long === undefined ? table.readUInt32BE(8 + index * 4) : Number(table.readBigUInt64BE(8 + index * 8)),
  )
}
