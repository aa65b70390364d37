import { sql } from 'kysely'
import type { Lane } from '../../lane.ts'

/** The lane of a job in a statement about `jobs`: that of its task. */
export const laneOfJob = sql<Lane>`(select lane from tasks where tasks.id = jobs.task_id)`
