import { setTimeout as sleep } from 'node:timers/promises'
import type { Lane } from '../lane.ts'
import { flushJobs, type JobTopic, type JobTopics } from './job-topics.ts'
import type { OpenJobTopics, openJobTopics } from './open-job-topics.ts'

/** Loading stops everything else for a moment: the start-up probe has had its answer by then, and nobody has uploaded anything. */
const AFTER_START_MILLIS = 1_000

/**
 * The topics of jobs, before Pub/Sub's client is there, which is among the slowest packages to load. `open` loads it, to be called
 * when the service answers already: a moment later, unless `stopping` is aborted. A publish before that loads it at once. Throws what
 * keeps it from loading. `close` waits until Pub/Sub has what was published.
 */
export const lateJobTopics = (
  projectId: string,
  config: { JOBS_TOPIC: string; JOBS_CANDIDATE_TOPIC: string },
): { jobs: JobTopics; open(stopping: AbortSignal): Promise<void>; close(): Promise<void> } => {
  let opened: Promise<OpenJobTopics> | undefined
  const topics = async (): Promise<JobTopics> => {
    opened ??= load(projectId, config)
    return (await opened).topics
  }
  const late = (lane: Lane): JobTopic => ({
    publishMessage: async (message) => (await topics())[lane].publishMessage(message),
    flush: async () => (await opened)?.topics[lane].flush(),
  })
  const jobs = { main: late('main'), candidate: late('candidate') }
  return {
    jobs,
    open: async (stopping) => {
      await pause(stopping)
      if (!stopping.aborted) await topics()
    },
    close: async () => {
      await flushJobs(jobs)
      await (await opened)?.pubsub.close()
    },
  }
}

const pause = (stopping: AbortSignal): Promise<void> =>
  sleep(AFTER_START_MILLIS, undefined, { signal: stopping }).catch((error: unknown) => {
    if (!stopping.aborted) throw error
  })

// By way of a module of ours: of a CommonJS package that is imported late a bundle knows no names.
const load = async (...options: Parameters<typeof openJobTopics>): Promise<OpenJobTopics> => {
  const { openJobTopics } = await import('./open-job-topics.ts')
  return openJobTopics(...options)
}
