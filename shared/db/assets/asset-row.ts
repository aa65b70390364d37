import type { Selectable } from 'kysely'
import type { Database } from '../schema.ts'

export type AssetRow = Selectable<Database['assets']>
