import { optionNames, taskOptions } from '@reelway/shared/options/task-options.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import { z } from 'zod'
import { table } from './table.ts'

const described = z.object({
  description: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
})
const option = described.extend({
  properties: z.record(z.string(), described).optional(),
  required: z.array(z.string()).optional(),
})

/** The options that a preset has at least, with their fields, from the schema that reads them. */
export const optionTable = (): string => {
  const all = Object.values<Preset>(presets)
  const used = optionNames.filter((name) => all.some(({ accepts }) => accepts.includes(name)))
  return table(
    ['option', 'what it does', 'fields'],
    used.map((name) => {
      const schema = option.parse(z.toJSONSchema(taskOptions.shape[name], { io: 'input' }))
      return [`\`${name}\``, schema.description ?? '', fieldsOf(schema)]
    }),
  )
}

const fieldsOf = ({ properties = {}, required = [] }: z.infer<typeof option>): string =>
  Object.entries(properties)
    .map(([name, { default: fallback }]) => {
      if (required.includes(name)) return `\`${name}\``
      return fallback === undefined ? `\`${name}\`?` : `\`${name}\` = ${String(fallback)}`
    })
    .join(', ')
