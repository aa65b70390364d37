import { findReadyAssets } from '@reelway/shared/db/assets/find.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { type AssetKind, type AssetOption, assetOptions, namedAssets } from '@reelway/shared/options/named-assets.ts'
import { assetObjectName } from '@reelway/shared/storage/object-names.ts'
import { isNotFound } from '@reelway/shared/storage/storage-errors.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Failed, Refused } from '../refusal.ts'
import { type Source, serveSource } from './source.ts'

/** An asset as it can be read: `kind` is what its name says, not what its bytes are. */
type ServedAsset = { kind: AssetKind; source: Source }

export type Assets = AsyncDisposable & {
  /** by the option that names it */
  served: Readonly<Partial<Record<AssetOption, ServedAsset>>>
  urls: Readonly<Partial<Record<AssetOption, string>>>
  /** the options whose asset was deleted */
  missing: readonly AssetOption[]
}

/**
 * Serves the assets that the options of a task name to ffmpeg and ffprobe on loopback, each in the generation that was accepted, as
 * readSource the upload. Ask assetFault before the first use, and again when ffmpeg has ended.
 */
export const readAssets = async (
  { db, reading }: Pick<Dependencies, 'db' | 'reading'>,
  task: Pick<TaskRow, 'userId' | 'options'>,
): Promise<Assets> => {
  const named = namedAssets(task.options)
  const rows = await findReadyAssets(
    db,
    task.userId,
    named.map(({ assetId }) => assetId),
  )
  const served: Partial<Record<AssetOption, ServedAsset>> = {}
  const missing: AssetOption[] = []
  await using opened = new AsyncDisposableStack()
  for (const { option, assetId } of named) {
    const row = rows.find(({ id }) => id === assetId)
    if (row === undefined || row.generation === null) {
      missing.push(option)
      continue
    }
    const file = reading.uploads.file(assetObjectName(row.id), { generation: row.generation })
    served[option] = { kind: row.kind, source: opened.use(await serveSource(file, row.sizeBytes)) }
  }
  const urls: Partial<Record<AssetOption, string>> = {}
  for (const option of assetOptions) {
    const url = served[option]?.source.url
    if (url !== undefined) urls[option] = url
  }
  const held = opened.move()
  return { served, urls, missing, [Symbol.asyncDispose]: () => held.disposeAsync() }
}

/** What an asset that is gone, or a read of one that failed for good, means for the task; undefined when all went well. */
export const assetFault = ({ served, missing }: Assets): Refused | Failed | undefined => {
  const [gone] = missing
  if (gone !== undefined) return assetMissing(gone)
  for (const [option, asset] of Object.entries(served)) {
    const { failure } = asset.source.record
    if (failure === undefined) continue
    if (isNotFound(failure)) return assetMissing(option)
    return { kind: 'failed', code: 'source_unreachable', detail: failure instanceof Error ? failure.message : '' }
  }
  return undefined
}

const assetMissing = (option: string): Refused => ({ kind: 'refused', code: 'asset_missing', parameters: { option } })
