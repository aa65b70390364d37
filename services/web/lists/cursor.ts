import type { ListPosition } from '@reelway/shared/db/list-position.ts'
import { parseJson } from '@reelway/shared/parse-json.ts'
import { z } from 'zod'

const position = z.tuple([z.iso.datetime().transform((text) => new Date(text)), z.uuid()])

/** The place of a row in a list, as an opaque text for URLs. */
export const encodeCursor = ({ createdAt, id }: ListPosition): string =>
  Buffer.from(JSON.stringify([createdAt.toISOString(), id])).toString('base64url')

/** The place that encodeCursor wrote; undefined for any other text. */
export const decodeCursor = (text: string): ListPosition | undefined => {
  const parsed = position.safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')))
  return parsed.success ? { createdAt: parsed.data[0], id: parsed.data[1] } : undefined
}
