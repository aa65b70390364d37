import { isGoing, type QueuedUpload } from './queued-upload.ts'

export type UploadTotals = {
  /** uploads that are on their way or done, since all were last done */
  count: number
  doneCount: number
  sizeBytes: number
  sentBytes: number
  bytesPerSecond: number | undefined
  secondsLeft: number | undefined
}

/** What all uploads come to; undefined when none is on its way. What is done counts, so that the bar does not run backwards. */
export const sumUpUploads = (uploads: readonly QueuedUpload[]): UploadTotals | undefined => {
  const going = uploads.filter(isGoing)
  if (going.length === 0) return undefined
  const done = uploads.filter(({ status }) => status.kind === 'done')
  const counted = [...going, ...done]
  const speeds = going.flatMap(({ bytesPerSecond, secondsLeft }) =>
    bytesPerSecond === undefined || secondsLeft === undefined ? [] : [bytesPerSecond],
  )
  const sizeBytes = sum(counted.map((upload) => upload.sizeBytes))
  const sentBytes = sum(counted.map((upload) => upload.sentBytes))
  const bytesPerSecond = speeds.length === 0 ? undefined : sum(speeds)
  return {
    count: counted.length,
    doneCount: done.length,
    sizeBytes,
    sentBytes,
    bytesPerSecond,
    secondsLeft: bytesPerSecond === undefined ? undefined : (sizeBytes - sentBytes) / bytesPerSecond,
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
