import { defaultPresetName, presets } from '@reelway/shared/presets/catalogue.ts'
import type { RequestHandler } from 'express'

/** GET /api/presets: what a video can be converted to. */
export const listPresets: RequestHandler = (_request, response) => {
  const data = Object.values(presets).map((preset) => ({
    name: preset.name,
    title: preset.title,
    description: preset.description,
    contentType: preset.container.contentType,
    extension: preset.container.extension,
    default: preset.name === defaultPresetName,
  }))
  response.set('cache-control', 'public, max-age=300').json({ data })
}
