import { errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import type { TaskResource } from '../../tasks/task-schema.ts'

/** Whether it is worth trying a task again as it is: it was cancelled, or failed by a fault that was not that of its video. */
export const canSucceed = ({ status, error, queuedAt }: TaskResource): boolean => {
  if (queuedAt === null) return false
  return status === 'cancelled' || (status === 'failed' && isOurs(error))
}

/** A code that only a newer release knows may be one. */
const isOurs = (error: TaskResource['error']): boolean =>
  error === null || errorCatalogue[error.code]?.kind !== 'permanent'
