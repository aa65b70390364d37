import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { AssetResource } from '../../assets/asset-schema.ts'
import { ApiError } from '../api/api-error.ts'
import { callApi } from '../api/call-api.ts'

/** The user's pictures and clips that can be used, the newest first, a hundred at most. */
export const assets = signal<readonly AssetResource[]>([])

/** Loads the assets when a component that needs them is shown. When that fails none is offered, and the next one tries again. */
export const useAssets = (): void => {
  useEffect(() => {
    void loadAssets()
  }, [])
}

const loadAssets = async (): Promise<void> => {
  try {
    const { data } = await callApi<{ data: AssetResource[] }>({ path: '/api/assets?limit=100' })
    assets.value = data.filter(({ status }) => status === 'ready')
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
  }
}
