import { fingerprintFile } from './fingerprint-file.ts'
import type { UploadRecord } from './upload-record.ts'

// The draft "File System Access" names these; TypeScript's DOM types do not have them yet.
type Permissive = FileSystemFileHandle & {
  requestPermission?: (options: { mode: 'read' }) => Promise<PermissionState>
}

/**
 * The file of an earlier visit, by its handle. Only after a click: the browser may ask the person. undefined: it was not allowed, is gone, or is
 * another file by now.
 */
export const reopenFile = async ({ handle, sizeBytes, fingerprint }: UploadRecord): Promise<File | undefined> => {
  const permissive: Permissive | null = handle
  try {
    const permission = await permissive?.requestPermission?.({ mode: 'read' })
    if (permission === 'denied' || handle === null) return undefined
    const file = await handle.getFile()
    if (file.size !== sizeBytes) return undefined
    const { head, tail } = await fingerprintFile(file)
    return head === fingerprint.head && tail === fingerprint.tail ? file : undefined
  } catch {
    return undefined
  }
}
