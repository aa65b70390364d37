import type { TaskResource } from '@reelway/web/tasks/task-schema.ts'
import type { UploadStatus } from './describe-upload.ts'
import type { ChoiceFault } from './judge-facts.ts'
import type { FileFault } from './judge-file.ts'
import type { Choice } from './upload-record.ts'

/** An upload as the page shows it. */
export type QueuedUpload = {
  readonly id: string
  /** null: its task is not made yet */
  readonly taskId: string | null
  readonly fileName: string
  readonly sizeBytes: number
  readonly sentBytes: number
  readonly status:
    | UploadStatus
    /** from an earlier visit: it goes on when the file is there again; `canOpen`: a click is enough */
    | { readonly kind: 'needs-file'; readonly canOpen: boolean }
    /** another tab has it */
    | { readonly kind: 'elsewhere' }
    | { readonly kind: 'refused'; readonly fault: FileFault | 'unreadable' }
    /** it cannot become what was chosen: it waits for another choice */
    | { readonly kind: 'unsuitable'; readonly fault: ChoiceFault }
  readonly bytesPerSecond: number | undefined
  readonly secondsLeft: number | undefined
  readonly choice: Choice
  readonly isChoosing: boolean
  /** null: it has to be given again */
  readonly file: File | null
  readonly task: TaskResource | null
}

/** Statuses of uploads that are on their way, or will be without anybody's doing. */
const GOING: readonly QueuedUpload['status']['kind'][] = [
  'in-line',
  'starting',
  'sending',
  'trying-again',
  'choosing',
  'finishing',
]

/** True for what counts in totals, and can be paused. */
export const isGoing = ({ status }: QueuedUpload): boolean => GOING.includes(status.kind)

/** True while the form is shown that asks what becomes of it. */
export const isAskedFor = (upload: QueuedUpload): boolean =>
  upload.status.kind === 'unsuitable' || (upload.isChoosing && isOpenToChoice(upload))

/** Until its last bytes go; and again, when what was chosen was refused. */
export const isOpenToChoice = (upload: QueuedUpload): boolean => {
  const { status } = upload
  if (status.kind === 'failed') return status.failure.kind === 'refused' && status.failure.code === 'invalid_input'
  return status.kind === 'unsuitable' || (isGoing(upload) && status.kind !== 'finishing')
}
