import { type ErrorCode, errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import type { Logger } from 'winston'

/**
 * Logs a task that has failed, once, with its code and whose fault it is: the video's, which is its owner's to mend, or ours,
 * which is worth an operator's look. infra/gcp/monitoring counts these lines.
 */
export const logTaskFailed = (
  logger: Logger,
  { jobId, taskId, code }: { jobId: string; taskId: string; code: ErrorCode },
): void => {
  const blame = errorCatalogue[code].kind === 'permanent' ? 'video' : 'ours'
  logger.log(blame === 'video' ? 'info' : 'error', 'task failed', { jobId, taskId, code, blame })
}
