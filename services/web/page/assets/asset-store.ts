import { effect, signal } from '@preact/signals'
import type { AssetResource } from '../../assets/asset-schema.ts'
import { callApi } from '../api/call-api.ts'
import { session } from '../session/session.ts'

/** The user's pictures and clips that can be used, the newest first, a hundred at most; undefined until they are loaded. */
export const assets = signal<readonly AssetResource[] | undefined>(undefined)

/** Loads the assets anew: the addresses of their files are good for an hour at least. Throws ApiError. */
export const loadAssets = async (): Promise<void> => {
  const { data } = await callApi<{ data: AssetResource[] }>({ path: '/api/assets?limit=100' })
  assets.value = data.filter(({ status }) => status === 'ready')
}

/** Takes a new asset into the list. */
export const takeAsset = (asset: AssetResource): void => {
  assets.value = [asset, ...(assets.peek() ?? []).filter(({ id }) => id !== asset.id)]
}

/** Deletes an asset; the tasks that are waiting or being converted with it are not disturbed. Throws ApiError. */
export const deleteAsset = async (assetId: string): Promise<void> => {
  await callApi<null>({ method: 'DELETE', path: `/api/assets/${assetId}` })
  assets.value = (assets.peek() ?? []).filter(({ id }) => id !== assetId)
}

// They are nobody else's.
effect(() => {
  if (session.value.kind === 'nobody') assets.value = undefined
})
