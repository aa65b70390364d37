// What one stream of a bucket in the same region gives an instance at least. READ, not measured: 100 MB/s and more are usual.
const READ_BYTES_PER_SECOND = 50_000_000

/** About how many seconds it takes to read a source from one of its own to another (null: its end): they take their share of its bytes. */
export const estimateReadingSeconds = (
  { sourceBytes, durationSeconds }: { sourceBytes: number; durationSeconds: number },
  readSeconds: number | null,
  fromSeconds = 0,
): number => {
  const share = Math.max(
    0,
    Math.min(1, (readSeconds ?? durationSeconds) / durationSeconds) - fromSeconds / durationSeconds,
  )
  return (sourceBytes * share) / READ_BYTES_PER_SECOND
}
