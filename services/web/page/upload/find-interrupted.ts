import type { Fingerprint, UploadRecord } from './upload-record.ts'

/**
 * The upload that a file belongs to that was given again: one of the same size and fingerprint, whatever the file is called now; one of the
 * same name first, when there are several. What differs in the middle only is found by the checksum of the whole.
 */
export const findInterrupted = <Found extends Pick<UploadRecord, 'fileName' | 'sizeBytes' | 'fingerprint'>>(
  interrupted: readonly Found[],
  { name, size, fingerprint }: { name: string; size: number; fingerprint: Fingerprint },
): Found | undefined => {
  const same = interrupted.filter(
    (record) =>
      record.sizeBytes === size &&
      record.fingerprint.head === fingerprint.head &&
      record.fingerprint.tail === fingerprint.tail,
  )
  return same.find(({ fileName }) => fileName === name) ?? same[0]
}
