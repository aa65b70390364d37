import type { Part } from '@reelway/shared/db/parts/part.ts'
import type { PartObject } from '../mux/gather-parts.ts'

/** Where a part that is done lies. */
export const toPartObject = ({ id, stored, start, end }: Part): PartObject => {
  if (stored === null) throw new Error(`part ${id} is not done`)
  const { objectName, generation, sizeBytes, lead } = stored
  return { objectName, generation, sizeBytes, lead, samples: end - start }
}
