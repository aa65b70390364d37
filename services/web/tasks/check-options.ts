import { InvalidInput } from '@reelway/shared/errors/invalid-input.ts'
import { optionNames, type TaskOptions } from '@reelway/shared/options/task-options.ts'
import { type PresetName, presets } from '@reelway/shared/presets/catalogue.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'

/** Throws invalid_input, with a pointer to each option that the preset does not have. */
export const checkOptions = (presetName: PresetName, options: TaskOptions): void => {
  const { accepts }: Preset = presets[presetName]
  const refused = optionNames.filter((name) => options[name] !== undefined && !accepts.includes(name))
  if (refused.length === 0) return
  const choice = accepts.length === 0 ? 'It has no options.' : `It has ${accepts.join(', ')}.`
  throw new InvalidInput(
    refused.map((name) => ({
      pointer: `/options/${name}`,
      detail: `The preset ${presetName} has no option ${name}. ${choice}`,
    })),
  )
}
