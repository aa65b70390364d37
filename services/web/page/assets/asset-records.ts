import { openUploadStore } from '../upload/open-upload-store.ts'
import type { AssetRecord } from './asset-record.ts'

/** Where pictures and clips on their way are remembered, beside the videos: a release that knows only those takes them for none. */
export const assetRecords = openUploadStore<AssetRecord>(indexedDB, 'reelway-assets')
