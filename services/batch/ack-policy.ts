import type { ErrorCode } from '@reelway/shared/errors/catalogue.ts'

/** All that can come of a delivery. */
export type Outcome =
  /** the result is stored and the task completed */
  | { kind: 'completed'; taskId: string }
  /** the video is long: it has been cut, and each part has a job of its own */
  | { kind: 'split'; taskId: string; parts: number }
  /** a part is stored; the last one has made the job that joins them */
  | { kind: 'part-done'; taskId: string }
  /** a part or a whole neared its deadline: what there was is kept, the rest cut again */
  | { kind: 'handed-over'; taskId: string }
  /** its plan was made by another release: the task is planned anew */
  | { kind: 'replanned'; taskId: string }
  /** a permanent reason, recorded for the owner */
  | { kind: 'refused'; taskId: string; code: ErrorCode }
  /** no attempts are left: failed with the reason of the last one */
  | { kind: 'given-up'; taskId: string; code: ErrorCode }
  /** given up by Pub/Sub alone: the job has attempts left, and a new message */
  | { kind: 'published-again' }
  /** an upload was taken in, and its task queued */
  | { kind: 'accepted'; taskId: string }
  /** an upload was taken in, and its asset is ready */
  | { kind: 'asset-accepted'; assetId: string }
  /** the upload of an asset is not what was announced; recorded for the owner */
  | { kind: 'asset-refused'; assetId: string; code: ErrorCode }
  /** done, failed or cancelled before this delivery came */
  | { kind: 'already-settled' }
  /** another delivery works on it; if that one dies, the reaper publishes the job again */
  | { kind: 'held-by-another' }
  /** the lease was lost on the way: cancelled, deleted, or taken over */
  | { kind: 'superseded' }
  | { kind: 'unknown-job' }
  /** nothing that concerns us */
  | { kind: 'ignored'; reason: string }
  /** no message of ours: it would be the same next time */
  | { kind: 'malformed'; reason: string }
  /** a transient reason: the lease is given back */
  | { kind: 'try-again'; code: ErrorCode }
  /** the instance is stopping: the lease is given back, and the attempt does not count */
  | { kind: 'shutting-down' }

/**
 * THE ACK POLICY. Pub/Sub takes 204 for an ack and delivers again after anything else
 * (https://cloud.google.com/pubsub/docs/push#receive_push): what can never succeed, and what somebody else sees to, must be
 * acked, or it comes back until it is dead-lettered.
 */
export const ackStatus = (outcome: Outcome): 204 | 503 => {
  switch (outcome.kind) {
    case 'completed':
    case 'split':
    case 'part-done':
    case 'handed-over':
    case 'replanned':
    case 'refused':
    case 'given-up':
    case 'published-again':
    case 'accepted':
    case 'asset-accepted':
    case 'asset-refused':
    case 'already-settled':
    case 'held-by-another':
    case 'superseded':
    case 'unknown-job':
    case 'ignored':
    case 'malformed':
      return 204
    case 'try-again':
    case 'shutting-down':
      return 503
    default:
      return outcome satisfies never
  }
}
