/** The life of a task. The first attempt moves it to processing; it stays there through later attempts until it settles. */
export const taskStatuses = [
  'awaiting_upload',
  'queued',
  'processing',
  'completed',
  'failed',
  'cancelled',
  'expired',
] as const

export type TaskStatus = (typeof taskStatuses)[number]

const mayBeFollowedBy: Record<TaskStatus, readonly TaskStatus[]> = {
  awaiting_upload: ['queued', 'cancelled', 'expired'],
  queued: ['processing', 'failed', 'cancelled'],
  // processing follows itself: a later attempt of the same job starts it again.
  processing: ['processing', 'completed', 'failed', 'cancelled'],
  completed: [],
  // The owner may retry what failed or was cancelled.
  failed: ['queued'],
  cancelled: ['queued'],
  expired: [],
}

/** The statuses that a task may leave to become `status`: the guard of every transition is made from this. */
export const statusesBefore = (status: TaskStatus): TaskStatus[] =>
  taskStatuses.filter((before) => mayBeFollowedBy[before].includes(status))

/** True when no work is going on or awaited: only its owner can move the task on. */
export const isSettled = (status: TaskStatus): boolean =>
  status === 'completed' || status === 'failed' || status === 'cancelled' || status === 'expired'
