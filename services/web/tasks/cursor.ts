import type { TaskPosition } from '@reelway/shared/db/tasks/list.ts'
import { parseJson } from '@reelway/shared/parse-json.ts'
import { z } from 'zod'

const position = z.tuple([z.iso.datetime().transform((text) => new Date(text)), z.uuid()])

/** The place of a task in a list, as an opaque text for URLs. */
export const encodeCursor = ({ createdAt, id }: TaskPosition): string =>
  Buffer.from(JSON.stringify([createdAt.toISOString(), id])).toString('base64url')

/** The place that encodeCursor wrote; undefined for any other text. */
export const decodeCursor = (text: string): TaskPosition | undefined => {
  const parsed = position.safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')))
  return parsed.success ? { createdAt: parsed.data[0], id: parsed.data[1] } : undefined
}
