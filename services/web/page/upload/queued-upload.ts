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
  readonly bytesPerSecond: number | undefined
  readonly secondsLeft: number | undefined
  readonly choice: Choice
  /** why it cannot become what was chosen: its last bytes, or all as long as none has gone, wait for another choice */
  readonly choiceFault: ChoiceFault | undefined
  readonly isChoosing: boolean
  /** null: it has to be given again */
  readonly file: File | null
  readonly task: TaskResource | null
}

type Going = Pick<QueuedUpload, 'status' | 'choiceFault'>

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
export const isGoing = (upload: Going): boolean => GOING.includes(upload.status.kind) && !isStuck(upload)

/** True when nothing of it goes until something else is chosen. */
export const isStuck = ({ status, choiceFault }: Going): boolean =>
  status.kind === 'in-line' && choiceFault !== undefined

/** True while the form is shown that asks what becomes of it. */
export const isAskedFor = (upload: Going & Pick<QueuedUpload, 'isChoosing'>): boolean =>
  isOpenToChoice(upload) && (upload.isChoosing || upload.choiceFault !== undefined)

/** Until its last bytes go; and again, when what was chosen was refused. */
export const isOpenToChoice = (upload: Going): boolean => {
  const { status } = upload
  if (status.kind === 'failed') return status.failure.kind === 'refused' && status.failure.code === 'invalid_input'
  return isStuck(upload) || (isGoing(upload) && status.kind !== 'finishing')
}
