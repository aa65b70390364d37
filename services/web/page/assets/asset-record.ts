import type { UploadRecord } from '../upload/upload-record.ts'

/** What is kept of a picture or clip that is on its way, so that it can go on after a reload: as of a video, but for what it is to become. */
export type AssetRecord = Pick<
  UploadRecord,
  'id' | 'userId' | 'idempotencyKey' | 'sessionUri' | 'fileName' | 'sizeBytes' | 'fingerprint' | 'addedAtMillis'
> & {
  /** null: it is not made yet */
  readonly assetId: string | null
  readonly storedBytes: number
}
