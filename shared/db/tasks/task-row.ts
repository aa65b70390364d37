import type { Selectable } from 'kysely'
import type { Database } from '../schema.ts'

export type TaskRow = Selectable<Database['tasks']>
export type OutputRow = Selectable<Database['outputs']>
