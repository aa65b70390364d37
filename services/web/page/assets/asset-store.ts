import { computed, effect, signal } from '@preact/signals'
import type { AssetResource } from '../../assets/asset-schema.ts'
import { ApiError } from '../api/api-error.ts'
import { callApi } from '../api/call-api.ts'
import { callLoggedIn } from '../session/call-logged-in.ts'
import { session } from '../session/session.ts'
import {
  type AssetPage,
  assetOf,
  dropAsset,
  type KnownAssets,
  noAssets,
  putAnswer,
  putAsset,
  putFirstPage,
  putNextPage,
} from './known-assets.ts'

const known = signal<KnownAssets>(noAssets)

/** The user's pictures and clips that can be used, the newest first, as far as they are loaded; undefined until the first are. */
export const assets = computed(() => known.value.listed)

export const hasMoreAssets = computed(() => known.value.nextCursor !== null)

/** An asset by its id, also one that is older than those of the list; null: there is none; undefined: that is not known. */
export const findAsset = (assetId: string): AssetResource | null | undefined => assetOf(known.value, assetId)

/** As many as the API gives at a time. */
const ASSETS_PATH = '/api/assets?limit=100'

type Load = { changed: Map<string, AssetResource | null>; done: Promise<void> }

// What came while the list was asked for belongs to the answer.
let load: Load | undefined

/** Loads the assets anew: the addresses of their files are good for an hour at least. Throws ApiError. */
export const loadAssets = (): Promise<void> => {
  load ??= beginLoad()
  return load.done
}

const beginLoad = (): Load => {
  const changed: Load['changed'] = new Map()
  const ask = async (): Promise<void> => {
    try {
      const page = await callApi<AssetPage>({ path: ASSETS_PATH })
      if (load?.changed === changed) known.value = putFirstPage(known.peek(), page, changed)
    } finally {
      if (load?.changed === changed) load = undefined
    }
  }
  return { changed, done: ask() }
}

/** Loads the page after what is listed. Throws ApiError. */
export const loadMoreAssets = async (): Promise<void> => {
  const { nextCursor } = known.peek()
  if (nextCursor === null) return
  const page = await callLoggedIn<AssetPage>({ path: `${ASSETS_PATH}&cursor=${encodeURIComponent(nextCursor)}` })
  // Somebody may have loaded it anew meanwhile.
  if (known.peek().nextCursor === nextCursor) known.value = putNextPage(known.peek(), page)
}

/** Finds out what an asset is that is not known, or that there is none. Throws ApiError when neither can be said. */
export const askForAsset = async (assetId: string): Promise<void> => {
  const answer = await answerOf(assetId)
  const isNews = assetOf(known.peek(), assetId) === undefined && session.peek().kind !== 'nobody'
  if (isNews) known.value = putAnswer(known.peek(), assetId, answer)
}

const answerOf = async (assetId: string): Promise<AssetResource | null> => {
  try {
    return await callApi<AssetResource>({ path: `/api/assets/${assetId}` })
  } catch (error) {
    if (error instanceof ApiError && error.code === 'asset_not_found') return null
    throw error
  }
}

/** Takes a new asset into the list. */
export const takeAsset = (asset: AssetResource): void => {
  load?.changed.set(asset.id, asset)
  known.value = putAsset(known.peek(), asset)
}

/** Deletes an asset; the tasks that are waiting or being converted with it are not disturbed. Throws ApiError. */
export const deleteAsset = async (assetId: string): Promise<void> => {
  await callLoggedIn<null>({ method: 'DELETE', path: `/api/assets/${assetId}` })
  load?.changed.set(assetId, null)
  known.value = dropAsset(known.peek(), assetId)
}

// They are nobody else's.
effect(() => {
  if (session.value.kind !== 'nobody') return
  load = undefined
  known.value = noAssets
})
