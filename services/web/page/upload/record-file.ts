import { contentTypeOf } from './content-type-of.ts'
import { findFault } from './find-fault.ts'
import { fingerprintFile } from './fingerprint-file.ts'
import type { GivenFile } from './given-file.ts'
import type { FileFault } from './judge-file.ts'
import type { Choice, Fingerprint, UploadRecord } from './upload-record.ts'

/** A new upload of a file, and what is wrong with the file, if it is not to be sent. */
export const recordFile = async (
  { file, handle }: GivenFile,
  { userId, choice }: { userId: string; choice: Choice },
): Promise<{ record: UploadRecord; fault: FileFault | 'unreadable' | undefined }> => {
  const { fingerprint, fault } = await inspect(file)
  const record = {
    id: crypto.randomUUID(),
    userId,
    idempotencyKey: crypto.randomUUID(),
    taskId: null,
    sessionUri: null,
    storedBytes: 0,
    fileName: file.name,
    contentType: contentTypeOf(file),
    sizeBytes: file.size,
    fingerprint,
    handle,
    choice,
    addedAtMillis: Date.now(),
  }
  return { record, fault }
}

const inspect = async (
  file: File,
): Promise<{ fingerprint: Fingerprint; fault: FileFault | 'unreadable' | undefined }> => {
  try {
    return { fingerprint: await fingerprintFile(file), fault: await findFault(file) }
  } catch {
    return { fingerprint: { head: '', tail: '' }, fault: 'unreadable' }
  }
}
