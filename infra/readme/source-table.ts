import { sourceKinds } from '@reelway/shared/sources/source-kinds.ts'
import { table } from './table.ts'

/** What people upload, and what is done to it: a line for each kind. */
export const sourceTable = (): string =>
  table(
    ['video', 'what is done to it'],
    Object.values(sourceKinds).map(({ what, done }) => [what, done]),
  )
