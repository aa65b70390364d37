import type { PushSettings } from './cloud-resources.ts'

/** What a stack on this machine is to be like. */
export type StackOptions = {
  /** where everything is kept */
  directory: string
  webPort: number
  /** false for tests: the database is lost when the machine stops */
  durable: boolean
  /** true: begins with nothing of what was kept there */
  fresh: boolean
  reapSeconds: number
  push: PushSettings
  /** pushes of jobs at the same time: what Cloud Run's concurrency and number of instances are there */
  conversionsAtOnce: number
  /**
   * So many processes of batch behind one address, one request for each at a time, replaced when they end, as on Cloud Run. Left out:
   * one process, without anything before it, that stays ended until restartBatch.
   */
  batchInstances?: number
  /** more variables for batch */
  batchVariables?: Record<string, string>
  /** what to start instead of the sources: the files of the images */
  commands?: Record<'web' | 'batch', string[]>
}
