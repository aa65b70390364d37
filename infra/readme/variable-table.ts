import { z } from 'zod'
import { table } from './table.ts'

/** The environment variables of a service, from the schema that reads them. */
export const variableTable = (schema: z.ZodObject): string =>
  table(
    ['variable', 'default', 'meaning'],
    Object.entries(schema.shape).map(([name, variable]) => [
      `\`${name}\``,
      defaultOf(variable),
      variable instanceof z.ZodType ? (variable.description ?? '') : '',
    ]),
  )

/** What the schema makes of a variable that is not there. */
const defaultOf = (variable: z.core.$ZodType): string => {
  const parsed = z.safeParse(variable, undefined)
  if (!parsed.success) return 'must be set'
  return parsed.data === undefined ? 'none' : `\`${String(parsed.data)}\``
}
