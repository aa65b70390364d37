import type { StreamIndex } from '@reelway/shared/hls/stream-index.ts'

/**
 * The peak segment bit rate (RFC 8216, 4.1): the largest of any segments in a row that last half as long as the target duration at
 * least, and one and a half times as long at most.
 */
export const peakBitsPerSecond = ({ segments }: Pick<StreamIndex['video'][number], 'segments'>): number => {
  const target = Math.max(1, Math.round(Math.max(...segments.map(([, seconds]) => seconds))))
  let peak = 0
  let ofAll = 0
  for (let from = 0; from < segments.length; from += 1) {
    let bytes = 0
    let seconds = 0
    for (const [sizeBytes, durationSeconds] of segments.slice(from, from + MOST_IN_A_ROW)) {
      bytes += sizeBytes
      seconds += durationSeconds
      if (seconds > target * 1.5) break
      if (seconds >= target / 2) peak = Math.max(peak, (bytes * 8) / seconds)
      if (from === 0) ofAll = (bytes * 8) / seconds
    }
  }
  // A stream that is shorter than half of its target has no such row.
  return Math.ceil(peak > 0 ? peak : ofAll)
}

// Segments are of six seconds, but for the first and the last.
const MOST_IN_A_ROW = 4
