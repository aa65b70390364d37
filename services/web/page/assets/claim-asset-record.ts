import { findInterrupted } from '../upload/find-interrupted.ts'
import { fingerprintFile } from '../upload/fingerprint-file.ts'
import { holdUpload } from '../upload/hold-upload.ts'
import type { AssetRecord } from './asset-record.ts'
import { assetRecords } from './asset-records.ts'

export type ClaimedRecord = { record: AssetRecord; isEarlier: boolean; giveBack: () => void }

/**
 * What is known of a file that is to become a picture or clip of a user's own: what an earlier visit has left of its upload, unless another tab
 * has that, or a new record, which is kept. No other tab takes it until `giveBack`. Throws NotReadableError or NotFoundError.
 */
export const claimAssetRecord = async (file: File, userId: string): Promise<ClaimedRecord> => {
  const fingerprint = await fingerprintFile(file)
  const left = await assetRecords.list(userId).catch(() => [])
  const earlier = findInterrupted(left, { name: file.name, size: file.size, fingerprint })
  const giveBackEarlier = earlier && (await holdUpload(earlier.id))
  if (earlier !== undefined && giveBackEarlier !== undefined) {
    return { record: earlier, isEarlier: true, giveBack: giveBackEarlier }
  }
  const record: AssetRecord = {
    id: crypto.randomUUID(),
    userId,
    idempotencyKey: crypto.randomUUID(),
    assetId: null,
    sessionUri: null,
    storedBytes: 0,
    fileName: file.name,
    sizeBytes: file.size,
    fingerprint,
    addedAtMillis: Date.now(),
  }
  await assetRecords.keep(record).catch(() => undefined)
  return { record, isEarlier: false, giveBack: (await holdUpload(record.id)) ?? (() => undefined) }
}
