/**
 * The peak segment bit rate (RFC 8216, 4.1): the largest of any segments in a row that last half as long as the target duration at
 * least, and one and a half times as long at most. Segments are their sizes in bytes, and how long they play, in seconds.
 */
export const peakBitsPerSecond = (segments: readonly Sized[]): number => {
  const target = targetSeconds(segments)
  let peak = 0
  let ofAll = 0
  for (let from = 0; from < segments.length; from += 1) {
    let bytes = 0
    let seconds = 0
    for (let next = from; next < segments.length && seconds <= target * 1.5; next += 1) {
      const [sizeBytes, durationSeconds] = segments[next] ?? [0, 0]
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

type Sized = readonly [sizeBytes: number, durationSeconds: number]

/** The target duration of a playlist (RFC 8216, 4.3.3.1): none of its segments is longer, rounded to whole seconds. */
export const targetSeconds = (segments: readonly Sized[]): number =>
  Math.max(1, Math.round(segments.reduce((longest, [, seconds]) => Math.max(longest, seconds), 0)))
