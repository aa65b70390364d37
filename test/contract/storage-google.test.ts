import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { Storage } from '@google-cloud/storage'
import { storageContract } from './storage.contract.ts'

const bucket = process.env.REELWAY_CONTRACT_BUCKET

if (bucket === undefined)
  test('Cloud Storage, Google', { skip: 'REELWAY_CONTRACT_BUCKET names no bucket to try the contract on' })
else
  storageContract('Cloud Storage, Google', async () => {
    const storage = new Storage()
    const prefix = `contract-${randomUUID()}/`
    return { storage, bucket, prefix, close: () => storage.bucket(bucket).deleteFiles({ prefix }) }
  })
