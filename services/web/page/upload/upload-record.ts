import type { TaskOptions } from '@reelway/shared/options/task-options.ts'

/** What a file is to be made into. */
export type Choice = { readonly preset: string; readonly options: TaskOptions }

/** What is kept of an upload in the browser until it is done, so that it can go on after a reload. Not the file: it may have many gigabytes. */
export type UploadRecord = {
  readonly id: string
  /** nobody else who uses this browser sees it */
  readonly userId: string
  /** makes its task once, however often that is asked for */
  readonly idempotencyKey: string
  readonly taskId: string | null
  /** who knows it can write the file: treated as a password, never logged */
  readonly sessionUri: string | null
  /** what the storage had of it when that was last heard; records of older releases do not say */
  readonly storedBytes?: number
  readonly fileName: string
  readonly contentType: string
  readonly sizeBytes: number
  readonly fingerprint: Fingerprint
  /** how to get at the file again after a click, in browsers that can; else it has to be given again */
  readonly handle: FileSystemFileHandle | null
  readonly choice: Choice
  readonly addedAtMillis: number
}

/** CRC-32C, in base64, of the first and the last mebibyte: what tells a file from another with the same name and size at once. */
export type Fingerprint = { readonly head: string; readonly tail: string }
