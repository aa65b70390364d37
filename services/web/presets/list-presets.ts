import { type OptionName, optionNames, taskOptions } from '@reelway/shared/options/task-options.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import type { RequestHandler } from 'express'
import { z } from 'zod'
import { describePreset } from './describe-preset.ts'
import { TYPICAL_SOURCE } from './expect-result.ts'
import type { PresetsAnswer } from './preset-schema.ts'

let answer: string | undefined

/** GET /api/presets: what a video can be converted to, with what options, within which limits, and what to expect of it. */
export const listPresets: RequestHandler = (_request, response) => {
  // Made when it is first asked for: a start has better things to do.
  answer ??= JSON.stringify(describeAll(Object.values<Preset>(presets)))
  response.set('cache-control', 'public, max-age=300').type('json').send(answer)
}

const describeAll = (all: readonly Preset[]): PresetsAnswer => {
  const used = optionNames.filter((name) => all.some(({ accepts }) => accepts.includes(name)))
  return {
    data: all.map(describePreset),
    options: Object.fromEntries(used.map((name) => [name, describeOption(name)])),
    expectedOf: TYPICAL_SOURCE,
  }
}

/** The JSON Schema of what an option takes, with what is taken when a field of it is left out. */
export const describeOption = (name: OptionName): Record<string, unknown> => {
  const { $schema: _, ...schema } = z.toJSONSchema(taskOptions.shape[name], { io: 'input' })
  return schema
}
