import type { AssetResource } from '../../assets/asset-schema.ts'

/** What the page knows of the user's pictures and clips. That one is not in the list says nothing: the list may have the newest only. */
export type KnownAssets = {
  /** the newest that can be used, the newest first; undefined until they are loaded */
  readonly listed: readonly AssetResource[] | undefined
  /** where the next page of the list begins; null: there is none */
  readonly nextCursor: string | null
  /** those that were asked for or changed one by one; null: there is none of this id */
  readonly others: ReadonlyMap<string, AssetResource | null>
}

export type AssetPage = { data: readonly AssetResource[]; nextCursor: string | null }

export const noAssets: KnownAssets = { listed: undefined, nextCursor: null, others: new Map() }

/** An asset by its id; null: there is none; undefined: that is not known. */
export const assetOf = ({ listed, others }: KnownAssets, assetId: string): AssetResource | null | undefined =>
  listed?.find(({ id }) => id === assetId) ?? others.get(assetId)

/** With what was found out of one that the list may not have. */
export const putAnswer = (known: KnownAssets, assetId: string, answer: AssetResource | null): KnownAssets => ({
  ...known,
  others: new Map([...known.others, [assetId, answer]]),
})

/** With a new asset. A list that is not loaded is not made of it alone. */
export const putAsset = (known: KnownAssets, asset: AssetResource): KnownAssets => ({
  ...putAnswer(known, asset.id, asset),
  listed: known.listed && [asset, ...known.listed.filter(({ id }) => id !== asset.id)],
})

/** Without an asset that was deleted. */
export const dropAsset = (known: KnownAssets, assetId: string): KnownAssets => ({
  ...putAnswer(known, assetId, null),
  listed: known.listed?.filter(({ id }) => id !== assetId),
})

/**
 * With the first page of the list as the API gave it. `changed` are assets that came, or were deleted (null), while it was asked for: they know better than the
 * list, which may have been read before.
 */
export const putFirstPage = (
  known: KnownAssets,
  { data, nextCursor }: AssetPage,
  changed: ReadonlyMap<string, AssetResource | null>,
): KnownAssets => {
  const listed = data.filter(({ id, status }) => status === 'ready' && !changed.has(id))
  const added = [...changed.values()].filter((asset) => asset !== null)
  return added.reduce(putAsset, { ...known, listed, nextCursor })
}

/** With the page that follows what is listed. What is known already, deletions too, knows better. */
export const putNextPage = (known: KnownAssets, { data, nextCursor }: AssetPage): KnownAssets => {
  const { listed = [], others } = known
  const isNew = ({ id }: AssetResource) => others.get(id) !== null && !listed.some((shown) => shown.id === id)
  const added = data.filter((asset) => asset.status === 'ready' && isNew(asset))
  return { ...known, listed: [...listed, ...added], nextCursor }
}
