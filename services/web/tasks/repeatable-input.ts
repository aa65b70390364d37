import type { TaskOptions } from '@reelway/shared/options/task-options.ts'

/**
 * What makes a request for a task with an upload the same as an earlier one, for its Idempotency-Key. Fields stand in the order of the
 * first release, and options only when there are any: a key that was kept by a release without options is found again.
 */
export const repeatableInput = ({ fileName, contentType, sizeBytes, preset, crc32c, uploadType, options }: Input) => ({
  fileName,
  contentType,
  sizeBytes,
  preset,
  crc32c,
  uploadType,
  ...(Object.keys(options).length > 0 && { options }),
})

type Input = {
  fileName: string
  contentType: string
  sizeBytes: number
  preset: string
  crc32c?: string | undefined
  uploadType: string
  options: TaskOptions
}
