import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { defaultPresetName, presetNames } from '@reelway/shared/presets/catalogue.ts'
import { z } from 'zod'

/** What a client says of the result it wants. */
export const conversionFields = {
  preset: z.enum(presetNames, `Choose one of the presets: ${presetNames.join(', ')}.`).default(defaultPresetName),
  options: taskOptions.default({}),
}
