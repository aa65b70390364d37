import { storageContract } from './storage.contract.ts'
import { openLocalPlace } from './storage-place.ts'

storageContract('Cloud Storage, local', () => openLocalPlace())
