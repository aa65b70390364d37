import type { Bucket } from '@google-cloud/storage'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import type { UploadInstructions } from './upload-schema.ts'

/** How long an upload URL may be started. What was started may go on: a resumable session lives a week. */
const UPLOAD_URL_SECONDS = 60 * 60

/**
 * THE SIGNED UPLOAD URL. It allows one object of ours with this type and exactly this size, and nothing that is there already
 * can be overwritten. resumable: POST starts a session (201, its URI in Location), which takes the bytes by PUT with
 * Content-Range. single: one PUT takes all bytes.
 */
export const signUpload = async (
  uploads: Bucket,
  objectName: string,
  announced: Pick<TaskRow, 'contentType' | 'sizeBytes' | 'announcedCrc32c' | 'uploadType'>,
): Promise<UploadInstructions> => {
  const expiresAt = new Date(Date.now() + UPLOAD_URL_SECONDS * 1000)
  const conditions = {
    'x-goog-content-length-range': `${announced.sizeBytes},${announced.sizeBytes}`,
    'x-goog-if-generation-match': '0',
    // Cloud Storage compares a whole PUT with it; for sessions, accept-upload.ts does.
    ...(announced.uploadType === 'single' &&
      announced.announcedCrc32c !== null && { 'x-goog-hash': `crc32c=${announced.announcedCrc32c}` }),
  }
  const [url] = await uploads.file(objectName).getSignedUrl({
    version: 'v4',
    action: announced.uploadType === 'resumable' ? 'resumable' : 'write',
    expires: expiresAt,
    contentType: announced.contentType,
    extensionHeaders: conditions,
  })
  const headers = { 'content-type': announced.contentType, ...conditions }
  return announced.uploadType === 'resumable'
    ? {
        type: 'resumable',
        method: 'POST',
        url,
        headers: { ...headers, 'x-goog-resumable': 'start' },
        expiresAt: expiresAt.toISOString(),
      }
    : { type: 'single', method: 'PUT', url, headers, expiresAt: expiresAt.toISOString() }
}
