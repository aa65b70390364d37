import { type ReelwayError, reelwayError } from '@reelway/shared/errors/reelway-error.ts'

/** The error of parts that cannot be joined. They are files of ours, so it is not the video's fault: it is tried again. */
export const malformedPart = (reason: string): ReelwayError =>
  reelwayError('result_rejected', { attempts: 1 }, { cause: new Error(reason) })
