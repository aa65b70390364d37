import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import { inspectVideo } from '../acceptance/inspect-video.ts'
import { downloadResult, type Task } from '../support/client.ts'
import type { Deserved } from './clips.ts'
import type { Change } from './history.ts'
import type { PlayedTask } from './play-task.ts'

/** A job may be tried so often (shared/db/jobs/lease.ts). */
const MOST_ATTEMPTS = 5
const TOLERANCE_SECONDS = 0.1

/** What became of a task, against what its owner wished and its video deserves. */
export type Outcome =
  | { kind: 'right' }
  | { kind: 'wrong'; what: string } /** faults hit it in every attempt: a retry must do */
  | { kind: 'given up' }

/**
 * Judges one task after everything has settled.
 * @param task as the API shows it; undefined when it does not
 * @param folder where a result may be downloaded to
 */
export const checkOutcome = async (
  { id, wish, clip: { deserves } }: PlayedTask,
  task: Task | undefined,
  history: readonly Change[],
  folder: string,
): Promise<Outcome> => {
  const expect = (isRight: boolean): Outcome =>
    isRight ? { kind: 'right' } : { kind: 'wrong', what: `${wish}: ${JSON.stringify(task ?? 'not there')}` }
  if (wish === 'delete') return expect(task === undefined)
  if (wish === 'cancel') return expect(task?.status === 'cancelled')
  if (wish === 'never uploaded') return expect(task?.status === 'expired')
  if (task === undefined) return expect(false)
  if (task.status === 'failed' && isOurs(task)) {
    return wasTriedOften(id, history) ? { kind: 'given up' } : expect(false)
  }
  if (deserves.kind === 'refused') return expect(task.status === 'failed' && task.error?.code === deserves.code)
  if (task.status !== 'completed') return expect(false)
  const what = await resultFaults(task, deserves, folder)
  return what === undefined ? { kind: 'right' } : { kind: 'wrong', what }
}

const ours = new Set(Object.entries(errorCatalogue).flatMap(([code, { kind }]) => (kind === 'transient' ? [code] : [])))

const isOurs = ({ error }: Task): boolean => error !== null && ours.has(error.code)

/** Whether a job of the task was given up only after all its attempts. */
const wasTriedOften = (taskId: string, history: readonly Change[]): boolean =>
  history.some(
    (change) =>
      change.table === 'jobs' &&
      change.after?.task_id === taskId &&
      change.after.status === 'failed' &&
      change.after.attempts >= MOST_ATTEMPTS,
  )

const resultFaults = async (
  task: Task,
  deserves: Extract<Deserved, { kind: 'result' }>,
  folder: string,
): Promise<string | undefined> => {
  const path = join(folder, task.id)
  try {
    await downloadResult(task, path)
    const { video, audio, durationSeconds } = await inspectVideo(path)
    if (video.nb_read_packets !== deserves.frames) return `${video.nb_read_packets} frames of ${deserves.frames}`
    if (Math.abs(durationSeconds - deserves.durationSeconds) > TOLERANCE_SECONDS) return `lasts ${durationSeconds} s`
    if ((audio !== undefined) !== deserves.sound) return deserves.sound ? 'has no sound' : 'has sound'
    return undefined
  } finally {
    await rm(path, { force: true })
  }
}
