import { signal } from '@preact/signals'
import type { PresetResource, PresetsAnswer } from '../../presets/preset-schema.ts'
import { callApi } from '../api/call-api.ts'

/** The presets of the service; undefined until they are loaded. */
export const presets = signal<readonly PresetResource[] | undefined>(undefined)

let loading: Promise<void> | undefined

/** Loads the presets, once. Throws ApiError, and may then be called again. */
export const loadPresets = async (): Promise<void> => {
  loading ??= load()
  try {
    await loading
  } catch (error) {
    loading = undefined
    throw error
  }
}

const load = async (): Promise<void> => {
  const { data } = await callApi<PresetsAnswer>({ path: '/api/presets' })
  presets.value = data
}
