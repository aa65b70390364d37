import { sql } from 'kysely'

/**
 * What is set when a task that has ended is queued again: it has everything before it, and nothing behind it but its upload,
 * and the parts that are done: a plan with the same key takes them up.
 */
export const startOver = {
  status: 'queued',
  // The candidate that it may have been for has the traffic by now, or is gone.
  lane: 'main',
  progress: 0,
  attempts: 0,
  plan: null,
  partsLeft: null,
  errorCode: null,
  errorParameters: null,
  queuedAt: sql<Date>`now()`,
  startedAt: null,
  finishedAt: null,
} as const
