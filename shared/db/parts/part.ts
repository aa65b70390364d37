import type { Selectable } from 'kysely'
import type { Database, PartStream } from '../schema.ts'

/** The object that a part is kept in. `lead`: samples of its track before the part's range; `encoder` with its version. */
export type StoredPart = {
  objectName: string
  generation: string
  sizeBytes: number
  lead: number
  encoder: string
  encodeSeconds: number
}

/** Frames of the picture, or packets of the sound: from `start` up to, without, `end`. */
export type Range = { start: number; end: number }

/** A part to be made. `weight`: its share of the work of the plan, 0..1. `done`: it exists already, and needs no job. */
export type NewPart = Range & { stream: PartStream; weight: number; done?: StoredPart | undefined }

/** A part as the database has it. `stored` is null until it is done. */
export type Part = Range & {
  id: string
  taskId: string
  planKey: string
  stream: PartStream
  weight: number
  stored: StoredPart | null
}

/** Reads a row. Throws when a part that is done does not say where it is stored, which no statement writes. */
export const partOf = (row: Selectable<Database['parts']>): Part => ({
  id: row.id,
  taskId: row.taskId,
  planKey: row.planKey,
  stream: row.stream,
  start: row.rangeStart,
  end: row.rangeEnd,
  weight: row.weight,
  stored: row.status === 'pending' ? null : storedOf(row),
})

const storedOf = (row: Selectable<Database['parts']>): StoredPart => {
  const { objectName, generation, sizeBytes, lead, encoder, encodeSeconds } = row
  if (
    objectName === null ||
    generation === null ||
    sizeBytes === null ||
    lead === null ||
    encoder === null ||
    encodeSeconds === null
  ) {
    throw new Error(`part ${row.id} is done, and not stored`)
  }
  return { objectName, generation, sizeBytes, lead, encoder, encodeSeconds }
}
