import { after, before, describe } from 'node:test'
import { objectsContract } from './storage-objects.contract.ts'
import type { StoragePlace } from './storage-place.ts'
import { resumableContract } from './storage-resumable.contract.ts'
import { signedContract } from './storage-signed.contract.ts'

/**
 * What Reelway relies on in Cloud Storage, through Google's own client and plain HTTP. The same suite runs against the
 * local stand-in and, when there is a bucket for it, against Google.
 */
export const storageContract = (title: string, open: () => Promise<StoragePlace>): void => {
  describe(title, () => {
    let place: StoragePlace | undefined
    const opened = (): StoragePlace => {
      if (place === undefined) throw new Error('The place is not open yet')
      return place
    }
    before(async () => {
      place = await open()
    })
    after(() => place?.close())

    objectsContract(opened)
    signedContract(opened)
    resumableContract(opened)
  })
}
