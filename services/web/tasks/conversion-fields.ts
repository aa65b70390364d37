import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { defaultPresetName, presetNames } from '@reelway/shared/presets/catalogue.ts'
import { z } from 'zod'

/** What a client says of the result it wants. */
export const conversionFields = {
  preset: z
    .enum(presetNames, `Choose one of the presets: ${presetNames.join(', ')}.`)
    .default(defaultPresetName)
    .describe('What the video is converted to; GET /api/presets describes each.'),
  options: taskOptions
    .default({})
    .describe('What is done to the video beside the preset, which names those that it has.'),
}
